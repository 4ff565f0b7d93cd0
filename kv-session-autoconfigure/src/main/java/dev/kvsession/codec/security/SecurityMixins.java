package dev.kvsession.codec.security;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.module.SimpleModule;

import dev.kvsession.codec.trust.SecurityTypes;

/**
 * Jackson annotations for the {@link SecurityTypes} that have none, applied to those that
 * are present.
 */
final class SecurityMixins extends SimpleModule {

	SecurityMixins(ClassLoader loader) {
		mixIn(SecurityTypes.SAVED_REQUEST, Fields.class, loader);
		mixIn(SecurityTypes.PRE_AUTHENTICATED, Login.class, loader);
		mixIn(SecurityTypes.PASSWORD_LOGIN, Login.class, loader);
		mixIn(SecurityTypes.ONE_TIME_TOKEN, OneTimeToken.class, loader);
		mixIn(SecurityTypes.JWT, Jwt.class, loader);
		mixIn(SecurityTypes.PRINCIPAL, Principal.class, loader);
	}

	private void mixIn(String name, Class<?> mixin, ClassLoader loader) {
		if (ClassUtils.isPresent(name, loader)) {
			setMixInAnnotation(ClassUtils.resolveClassName(name, loader), mixin);
		}
	}

	@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
			isGetterVisibility = Visibility.NONE, setterVisibility = Visibility.NONE)
	static class Fields {

	}

	/**
	 * Instead of Spring Security's own, which reads the details as a {@code JsonNode}, or
	 * a principal that is a number or an identifier as a text.
	 */
	static class Login extends Fields {

		@JsonCreator
		Login(@JsonProperty("principal") Object principal, @JsonProperty("credentials") Object credentials,
				@JsonProperty("authorities") Collection<?> authorities) {
		}

	}

	static class OneTimeToken extends Fields {

		@JsonCreator
		OneTimeToken(@JsonProperty("token") String token, @JsonProperty("username") String username,
				@JsonProperty("expireAt") Instant expireAt) {
		}

	}

	static class Jwt extends Fields {

		@JsonCreator
		Jwt(@JsonProperty("tokenValue") String tokenValue, @JsonProperty("issuedAt") Instant issuedAt,
				@JsonProperty("expiresAt") Instant expiresAt, @JsonProperty("headers") Map<String, Object> headers,
				@JsonProperty("claims") Map<String, Object> claims) {
		}

	}

	static class Principal extends Fields {

		@JsonCreator
		Principal(@JsonProperty("name") String name, @JsonProperty("attributes") Map<String, Object> attributes,
				@JsonProperty("authorities") Collection<?> authorities) {
		}

	}

}
