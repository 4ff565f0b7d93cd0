package dev.kvsession.codec.security;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.module.SimpleModule;

import dev.kvsession.codec.trust.SecurityTypes;

/** Jackson annotations for those {@link SecurityTypes} that have none. */
final class SecurityMixins extends SimpleModule {

	SecurityMixins(ClassLoader loader) {
		Stream
			.of(SecurityTypes.SAVED_REQUEST, SecurityTypes.PRE_AUTHENTICATED, SecurityTypes.PASSWORD_LOGIN,
					SecurityTypes.ONE_TIME_TOKEN, SecurityTypes.JWT, SecurityTypes.PRINCIPAL)
			.filter((name) -> ClassUtils.isPresent(name, loader))
			.forEach((name) -> setMixInAnnotation(ClassUtils.resolveClassName(name, loader), Creators.class));
	}

	/** Jackson takes of these constructors the one that the class has, too. */
	@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
			isGetterVisibility = Visibility.NONE, setterVisibility = Visibility.NONE)
	static final class Creators {

		/*
		 * A login. Spring Security's mixin changes the types of its details and of some
		 * principals.
		 */
		@JsonCreator
		Creators(@JsonProperty("principal") Object principal, @JsonProperty("credentials") Object credentials,
				@JsonProperty("authorities") Collection<?> authorities) {
		}

		/* DefaultOneTimeToken */
		@JsonCreator
		Creators(@JsonProperty("token") String token, @JsonProperty("username") String username,
				@JsonProperty("expireAt") Instant expireAt) {
		}

		/* Jwt */
		@JsonCreator
		Creators(@JsonProperty("tokenValue") String tokenValue, @JsonProperty("issuedAt") Instant issuedAt,
				@JsonProperty("expiresAt") Instant expiresAt, @JsonProperty("headers") Map<String, Object> headers,
				@JsonProperty("claims") Map<String, Object> claims) {
		}

		/* DefaultOAuth2AuthenticatedPrincipal */
		@JsonCreator
		Creators(@JsonProperty("name") String name, @JsonProperty("attributes") Map<String, Object> attributes,
				@JsonProperty("authorities") Collection<?> authorities) {
		}

	}

}
