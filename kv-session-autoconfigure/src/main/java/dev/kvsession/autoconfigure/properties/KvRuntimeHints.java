package dev.kvsession.autoconfigure.properties;

import java.net.http.HttpClient;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * Tells a native image that all properties are read by reflection, also those whose beans
 * an application does not have: their names are known in any case. Apache's HTTP client
 * and the method that ends the JDK's are looked up by name.
 */
final class KvRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		KnownProperties.TYPES.values()
			.forEach((type) -> BindableRuntimeHintsRegistrar.forTypes(type).registerHints(hints));
		BindableRuntimeHintsRegistrar.forTypes(InheritedTimeout.ContainerSession.class).registerHints(hints);
		hints.reflection()
			.registerTypeIfPresent(classLoader, "org.apache.hc.client5.http.impl.classic.HttpClientBuilder")
			.registerType(HttpClient.class, MemberCategory.INVOKE_PUBLIC_METHODS);
	}

}
