package dev.kvsession.autoconfigure.server;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.kvsession.session.World;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances with Spring Security's own back-channel logout, over a KV that is stale
 * until {@link #settle()}. The provider's call reaches the instance that has not seen the
 * login.
 */
class BackChannelLogoutTests {

	private static final Instant LONG_AGO = Instant.ofEpochSecond(1_600_000_000);

	private static final Duration QUIET = Duration.ofMinutes(10);

	private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

	private final KvEmulator kv = KvEmulator.start(KvEmulatorSettings.realistic(1), 0,
			() -> InstantSource.system().instant().plus(this.ahead.get()));

	private OpenIdProvider provider;

	private ShopApplication.Running first;

	private ShopApplication.Running second;

	private Browser browser;

	@BeforeEach
	void start() throws IOException {
		this.provider = new OpenIdProvider();
		this.first = instance("first");
		this.second = instance("second");
		this.browser = new Browser(this.first);
	}

	private ShopApplication.Running instance(String client) {
		return ShopApplication.startAs(Application.class, client, this.kv,
				"cloudflare.kv.session.repository-type=indexed", "provider=" + this.provider.issuer());
	}

	@AfterEach
	void stop() {
		this.first.close();
		this.second.close();
		this.provider.close();
		this.kv.close();
	}

	private void settle() {
		this.ahead.updateAndGet((before) -> before.plus(QUIET));
	}

	private void login() {
		this.provider.login(this.browser, "ada", "provider-session");
		assertThat(this.browser.get("/me").body()).isEqualTo("ada");
		settle();
	}

	private JWTClaimsSet.Builder token() {
		return token(LONG_AGO);
	}

	private JWTClaimsSet.Builder token(Instant issuedAt) {
		return this.provider.logout(issuedAt);
	}

	private boolean isKnownTo(ShopApplication.Running instance) {
		return new Browser(instance).withCookie(this.browser.cookie()).get("/me").statusCode() == 200;
	}

	private String key() {
		return "session:" + new String(Base64.getDecoder().decode(this.browser.cookie()));
	}

	private void assertEnded() {
		assertThat(this.kv.contents().get(key())).isNull();
		assertThat(isKnownTo(this.second)).isFalse();
		settle();
		try (ShopApplication.Running third = instance("third")) {
			assertThat(isKnownTo(third)).isFalse();
		}
	}

	@Test
	@DisplayName("P5 a token with the provider's session ends the session, whichever instance it reaches")
	void bySid() {
		login();
		assertThat(this.provider.send(token().claim("sid", "provider-session").build(), this.second)).isEqualTo(200);
		assertEnded();
	}

	@Test
	@DisplayName("P5 a token with the subject ends the sessions of its second, an older one that is sent again none")
	void bySubject() {
		login();
		Instant since = World.CODEC.decode(this.kv.contents().get(key()).text()).indexes().since();
		assertThat(this.provider.send(token(since.minusSeconds(1)).subject("ada").build(), this.second)).isEqualTo(200);
		assertThat(isKnownTo(this.second)).isTrue();
		assertThat(this.provider.send(token(since).subject("ada").build(), this.second)).isEqualTo(200);
		assertEnded();
	}

	@Test
	@DisplayName("a token that is forged, expired, another issuer's or another client's is refused and ends nothing")
	void refused() {
		login();
		JWTClaimsSet.Builder token = token().subject("ada").claim("sid", "provider-session");
		assertThat(this.provider.sendForged(token.build(), this.second)).isEqualTo(400);
		JWTClaimsSet.Builder old = token().expirationTime(Date.from(LONG_AGO.plusSeconds(100)));
		assertThat(this.provider.send(old.claim("sid", "provider-session").build(), this.second)).isEqualTo(400);
		assertThat(this.provider.send(token().claim("sid", "provider-session").issuer("https://id.example").build(),
				this.second))
			.isEqualTo(400);
		assertThat(
				this.provider.send(token().claim("sid", "provider-session").audience("another").build(), this.second))
			.isEqualTo(400);
		assertThat(isKnownTo(this.second)).isTrue();
		assertThat(this.provider.send(token.build(), this.second)).isEqualTo(200);
		assertEnded();
	}

	@Test
	@DisplayName("a token that names no session of ours is accepted")
	void unknown() {
		login();
		assertThat(this.provider.send(token().claim("sid", "another").build(), this.second)).isEqualTo(200);
		assertThat(isKnownTo(this.second)).isTrue();
	}

	/**
	 * The application, with logins at the provider as Spring Security's documentation
	 * shows them.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@RestController
	static class Application {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.oauth2Login(Customizer.withDefaults())
				.oidcLogout((logout) -> logout.backChannel(Customizer.withDefaults()))
				.build();
		}

		@Bean
		ClientRegistrationRepository clients(@Value("${provider}") String issuer) {
			return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId("op")
				.clientId(OpenIdProvider.CLIENT)
				.clientSecret("secret")
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
				.scope("openid")
				.issuerUri(issuer)
				.authorizationUri(issuer + "/authorize")
				.tokenUri(issuer + "/token")
				.jwkSetUri(issuer + "/jwks")
				.build());
		}

		@GetMapping("/me")
		String me(Principal user) {
			return user.getName();
		}

	}

}
