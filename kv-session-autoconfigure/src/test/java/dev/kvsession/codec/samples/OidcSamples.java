package dev.kvsession.codec.samples;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * A login with OpenID Connect, its token signed and decoded as in production: {@code iss}
 * becomes a URL, numbers become {@code Long}, nested objects become Nimbus's own maps.
 */
public final class OidcSamples {

	private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

	private OidcSamples() {
	}

	public static Stream<Sample> all() throws Exception {
		Jwt jwt = decode();
		OidcIdToken token = new OidcIdToken(jwt.getTokenValue(), jwt.getIssuedAt(), jwt.getExpiresAt(),
				jwt.getClaims());
		OidcUserInfo info = OidcUserInfo.builder().name("Mona").claim("address", Map.of("country", "CA")).build();
		List<GrantedAuthority> authorities = List.of(new OidcUserAuthority(token, info),
				new SimpleGrantedAuthority("SCOPE_openid"));
		DefaultOidcUser user = new DefaultOidcUser(authorities, token, info);
		return Stream.of(Sample.json("decoded jwt", jwt), Sample.json("id token", token),
				Sample.json("user info", info), Sample.json("claims with nimbus maps", jwt.getClaims()),
				Sample.json("nimbus map", jwt.getClaims().get("realm_access")), Sample.json("oidc user", user),
				Sample.json("oidc login",
						new SecurityContextImpl(new OAuth2AuthenticationToken(user, authorities, "oidc"))));
	}

	private static Jwt decode() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(2048);
		KeyPair keys = generator.generateKeyPair();
		SignedJWT signed = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims());
		signed.sign(new RSASSASigner(keys.getPrivate()));
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey((RSAPublicKey) keys.getPublic()).build();
		decoder.setJwtValidator((jwt) -> org.springframework.security.oauth2.core.OAuth2TokenValidatorResult.success());
		decoder
			.setClaimSetConverter(new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
		return decoder.decode(signed.serialize());
	}

	private static JWTClaimsSet claims() {
		return new JWTClaimsSet.Builder().issuer("https://kv-session.invalid/realms/x")
			.subject("583231")
			.audience(List.of("client"))
			.issueTime(Date.from(NOW))
			.expirationTime(Date.from(NOW.plusSeconds(3600)))
			.claim("auth_time", NOW.getEpochSecond())
			.claim("ver", 1L)
			.claim("score", 0.5)
			.claim("email_verified", true)
			.claim("realm_access", Map.of("roles", List.of("user", "admin"), "level", Map.of("n", 2L)))
			.claim("groups", List.of("a", "b"))
			.build();
	}

}
