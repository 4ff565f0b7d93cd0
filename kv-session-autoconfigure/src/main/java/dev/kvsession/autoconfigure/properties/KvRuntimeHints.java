package dev.kvsession.autoconfigure.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * Tells a native image that all properties are read by reflection, also those whose beans
 * an application does not have: their names are known in any case.
 */
final class KvRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		KnownProperties.TYPES.values()
			.forEach((type) -> BindableRuntimeHintsRegistrar.forTypes(type).registerHints(hints));
		BindableRuntimeHintsRegistrar.forTypes(InheritedTimeout.ContainerSession.class).registerHints(hints);
	}

}
