package dev.kvsession.codec;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

import dev.kvsession.codec.samples.OAuth2Samples;
import dev.kvsession.codec.shop.Money;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The codec with libraries absent.
 */
class OptionalDependencyTests {

	static Stream<String> absent() {
		return Stream.of("org.springframework.security", "org.springframework.web.servlet", "jakarta.servlet",
				"org.springframework.security.web.webauthn", "org.springframework.security.oauth2",
				"org.springframework.security.oauth2.jwt", "org.springframework.security.web", "com.nimbusds");
	}

	@ParameterizedTest
	@MethodSource("absent")
	void worksWithout(String library) throws Exception {
		try (FilteredClassLoader loader = new FilteredClassLoader(library)) {
			JsonSessionCodec codec = new JsonSessionCodec(loader, List.of("dev.kvsession.codec.shop"), JdkFallback.ON);
			Object value = List.of("a", 1L, Instant.EPOCH, Map.of("b", 2));
			assertThat(codec.decodeAttribute("a", codec.encodeAttribute("a", value, Records.AT))).isEqualTo(value);
			Money money = (Money) codec.decodeAttribute("a",
					codec.encodeAttribute("a", new Money(5, "EUR"), Records.AT));
			assertThat(money.cents()).isEqualTo(5);
		}
	}

	@ParameterizedTest
	@MethodSource("withoutPasskeys")
	void readsLoginsWithoutPasskeys(String library) throws Exception {
		try (FilteredClassLoader loader = new FilteredClassLoader(library)) {
			JsonSessionCodec codec = new JsonSessionCodec(loader, List.of(), JdkFallback.OFF);
			StoredAttribute stored = codec.encodeAttribute("a", OAuth2Samples.githubContext(), Records.AT);
			assertThat(codec.decodeAttribute("a", stored)).isEqualTo(OAuth2Samples.githubContext());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.security.oauth2.client", "com.nimbusds" })
	void storesFailedLoginsWithoutOAuth2Client(String library) throws Exception {
		try (FilteredClassLoader loader = new FilteredClassLoader(library)) {
			JsonSessionCodec codec = new JsonSessionCodec(loader, List.of(), JdkFallback.OFF);
			StoredAttribute stored = codec.encodeAttribute("a", new OAuth2AuthenticationException("code"), Records.AT);
			assertThat(codec.decodeAttribute("a", stored)).extracting("error.errorCode").isEqualTo("code");
		}
	}

	static Stream<String> withoutPasskeys() {
		return Stream.of("org.springframework.security.web.webauthn", "com.nimbusds");
	}

}
