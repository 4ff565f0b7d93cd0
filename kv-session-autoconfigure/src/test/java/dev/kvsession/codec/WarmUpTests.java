package dev.kvsession.codec;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThatCode;

class WarmUpTests {

	@Test
	void encodesAndReadsALogin() {
		assertThatCode(() -> WarmUp.run(codec(getClass().getClassLoader()), getClass().getClassLoader()))
			.doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.security.oauth2", "org.springframework.security" })
	void doesWithoutWhatIsNotThere(String absent) {
		FilteredClassLoader loader = new FilteredClassLoader(absent);
		assertThatCode(() -> WarmUp.run(codec(loader), loader)).doesNotThrowAnyException();
	}

	private static SessionCodec codec(ClassLoader loader) {
		return new JsonSessionCodec(loader, List.of(), JdkFallback.OFF);
	}

}
