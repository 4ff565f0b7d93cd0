package dev.kvsession.autoconfigure;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionalDependencyTests {

	@Test
	void worksWithAllOfThem() throws Exception {
		assertThat(saveAndFindWithout()).isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutSpringSecurity() throws Exception {
		assertThat(saveAndFindWithout("org.springframework.security.")).isEqualTo("[tea] of nobody");
	}

	@Test
	void worksWithoutOAuth2() throws Exception {
		assertThat(saveAndFindWithout("org.springframework.security.oauth2.")).isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutNimbus() throws Exception {
		assertThat(saveAndFindWithout("com.nimbusds.")).isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutWebAuthn() throws Exception {
		assertThat(saveAndFindWithout("org.springframework.security.web.webauthn.", "com.webauthn4j."))
			.isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutSpringSecurityWeb() throws Exception {
		assertThat(saveAndFindWithout("org.springframework.security.web.")).isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutActuator() throws Exception {
		assertThat(saveAndFindWithout("org.springframework.boot.actuate.", "org.springframework.boot.health."))
			.isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutHealth() throws Exception {
		assertThat(saveAndFindWithout("org.springframework.boot.health.")).isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutEndpoints() throws Exception {
		assertThat(saveAndFindWithout("org.springframework.boot.actuate.")).isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithMicrometerThatBootDoesNotConfigure() throws Exception {
		assertThat(saveAndFindWithout("org.springframework.boot.micrometer.")).isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutPrometheus() throws Exception {
		assertThat(saveAndFindWithout("io.micrometer.prometheusmetrics.", "io.prometheus.")).isEqualTo("[tea] of ada");
	}

	// Spring Web itself needs io.micrometer.observation and io.micrometer.common.
	@Test
	void worksWithoutMicrometer() throws Exception {
		assertThat(saveAndFindWithout("io.micrometer.core.", "org.springframework.boot.micrometer."))
			.isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutApachesHttpClient() throws Exception {
		assertThat(saveAndFindWithout("org.apache.hc.")).isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutReactor() throws Exception {
		assertThat(saveAndFindWithout("reactor.", "org.reactivestreams.")).isEqualTo("[tea] of ada");
	}

	@Test
	void worksWithoutSecurityJacksonModules() throws Exception {
		assertThat(saveAndFindWithout("org.springframework.security.jackson.",
				"org.springframework.security.web.jackson.", "org.springframework.security.web.server.jackson.",
				"org.springframework.security.web.servlet.jackson.",
				"org.springframework.security.oauth2.client.jackson.",
				"org.springframework.security.web.webauthn.jackson."))
			.isEqualTo("[tea] of nobody");
	}

	@Test
	void hidingHidesFromTheLibraryItself() throws IOException {
		try (HidingClassLoader loader = new HidingClassLoader("dev.kvsession.session.")) {
			assertThatThrownBy(() -> saveAndFind(loader))
				.hasStackTraceContaining("NoClassDefFoundError: dev/kvsession/session/");
		}
	}

	private static String saveAndFindWithout(String... hidden) throws Exception {
		try (HidingClassLoader loader = new HidingClassLoader(hidden)) {
			return saveAndFind(loader);
		}
	}

	private static String saveAndFind(ClassLoader loader) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(loader);
		try {
			return String
				.valueOf(((Callable<?>) loader.loadClass(SaveAndFind.class.getName()).getConstructor().newInstance())
					.call());
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

}
