package dev.kvsession.test.spring;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;

import dev.kvsession.test.KvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

class ImportKvEmulatorTests {

	@Test
	void setsThePropertiesBeforeAnAutoConfigurationsConditionLooks() {
		try (AnnotationConfigApplicationContext context = start(Map.of("cloudflare.kv.api-token", "${UNSET}"),
				Plain.class)) {
			KvEmulator kv = context.getBean(KvEmulator.class);
			kv.properties()
				.forEach((name, value) -> assertThat(context.getEnvironment().getProperty(name)).isEqualTo(value));
			assertThat(context.getBeansOfType(Conditioned.class)).hasSize(1);
		}
	}

	@Test
	void endsWithItsContext() {
		AnnotationConfigApplicationContext context = start(Map.of(), Plain.class);
		URI kv = URI.create(context.getBean(KvEmulator.class).baseUrl());
		context.close();
		// The thread that accepts connections may take one more.
		assertThat(Stream.generate(() -> accepts(kv)).limit(100_000).anyMatch((accepts) -> !accepts)).isTrue();
	}

	@Test
	void keepsWhatIsStoredInAFile(@TempDir Path folder) throws Exception {
		Map<String, Object> place = Map.of("place", folder.toString());
		try (AnnotationConfigApplicationContext context = start(place, Kept.class)) {
			context.getBean(KvEmulator.class).contents().store("key", "value", null);
			touch(context.getBean(KvEmulator.class));
		}
		assertThat(folder.resolve("kv.json")).exists();
		try (AnnotationConfigApplicationContext context = start(place, Kept.class)) {
			assertThat(context.getBean(KvEmulator.class).contents().get("key").text()).isEqualTo("value");
		}
	}

	@Test
	void twoClassesThatAskShareOne() {
		try (AnnotationConfigApplicationContext context = start(Map.of(), Plain.class, Other.class)) {
			assertThat(context.getBeansOfType(KvEmulator.class)).hasSize(1);
		}
	}

	private static boolean accepts(URI kv) {
		try {
			new Socket(kv.getHost(), kv.getPort()).close();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void touch(KvEmulator kv) throws Exception {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create(kv.baseUrl() + "/accounts/" + kv.accountId() + "/storage/kv/namespaces/"
					+ kv.namespaceId() + "/values/other"))
			.header("Authorization", "Bearer " + kv.apiToken())
			.PUT(BodyPublishers.ofString("x"))
			.build();
		HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
	}

	private static AnnotationConfigApplicationContext start(Map<String, Object> properties, Class<?>... classes) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("given", properties));
		context.register(classes);
		context.refresh();
		return context;
	}

	@ImportKvEmulator
	@Import(LikeAnAutoConfiguration.class)
	static class Plain {

	}

	@ImportKvEmulator
	static class Other {

	}

	@ImportKvEmulator(file = "${place}/kv.json")
	static class Kept {

	}

	static class LikeAnAutoConfiguration implements DeferredImportSelector {

		@Override
		public String[] selectImports(AnnotationMetadata metadata) {
			return new String[] { Conditioned.class.getName() };
		}

	}

	@Conditional(OnToken.class)
	static class Conditioned {

	}

	static class OnToken implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return context.getEnvironment().getProperty("cloudflare.kv.api-token", "").startsWith("kv-emulator");
		}

	}

}
