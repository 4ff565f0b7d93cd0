package dev.kvsession.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;
import org.springframework.util.ClassUtils;

/** A login that nobody has made, of the richest kind that the class path has. */
final class WarmUp {

	private static final String NAME = "warm-up";

	private static final Map<String, Object> CLAIMS = Map.of("login", NAME, "id", 1);

	private static final Instant ANY_TIME = Instant.EPOCH;

	private WarmUp() {
	}

	static void run(SessionCodec codec, ClassLoader loader) {
		Stamp at = new Stamp(0, 0, "0");
		StoredAttribute encoded = codec.encodeAttribute(NAME, login(loader), at);
		SessionRecord record = new SessionRecord(at, ANY_TIME, ANY_TIME, null, Duration.ofDays(1), null, CLAIMS,
				Map.of(NAME, encoded), Map.of(), Map.of());
		SessionRecord decoded = codec.decode(codec.encode(record));
		codec.decodeAttribute(NAME, decoded.attributes().getOrDefault(NAME, encoded));
	}

	private static Object login(ClassLoader loader) {
		if (ClassUtils.isPresent("org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken",
				loader)) {
			return OAuth2.login();
		}
		boolean security = ClassUtils.isPresent("org.springframework.security.core.context.SecurityContextImpl",
				loader);
		return security ? Security.login() : CLAIMS;
	}

	/** Loaded only with Spring Security. */
	private static final class Security {

		private static Object login() {
			return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(NAME, null,
					List.of(new SimpleGrantedAuthority(NAME))));
		}

	}

	/** Loaded only with Spring Security's OAuth2 client. */
	private static final class OAuth2 {

		private static Object login() {
			Collection<GrantedAuthority> authorities = List.of(new OAuth2UserAuthority(CLAIMS));
			return new SecurityContextImpl(new OAuth2AuthenticationToken(
					new DefaultOAuth2User(authorities, CLAIMS, "login"), authorities, NAME));
		}

	}

}
