package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;

import dev.kvsession.test.KvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failed logins on a real server, by a form and with a provider of the application's own.
 */
class FailedLoginServerTests {

	private static final String MESSAGE = "The shop is closed";

	private static final List<Function<Authentication, AuthenticationException>> FAILURES = List
		.of(ShopClosedException::new, ShopGoneException::new, Silence::new, FailedLoginServerTests::suppressing);

	private static AuthenticationException suppressing(Authentication attempt) {
		BadCredentialsException failure = new BadCredentialsException(MESSAGE,
				new IllegalStateException(attempt.getName()));
		failure.addSuppressed(new IllegalStateException());
		return failure;
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "true" })
	@DisplayName("P9 a failed login is never a server error, whatever its provider throws")
	void returnsToTheLoginPage(String fallback) {
		Refusing provider = new Refusing();
		try (KvEmulator kv = KvEmulator.start(); ShopApplication.Running shop = start(kv, provider, fallback)) {
			for (Function<Authentication, AuthenticationException> failure : FAILURES) {
				provider.failure = failure;
				kv.reset();
				Browser browser = new Browser(shop);
				HttpResponse<String> response = browser.login();
				assertThat(response.statusCode()).isEqualTo(302);
				assertThat(response.headers().firstValue("location"))
					.hasValueSatisfying((location) -> assertThat(location).endsWith("/login?error"));
				assertThat(browser.getAny("/login?error").statusCode()).isEqualTo(200);
				assertThat(stored(kv)).hasSize(1)
					.allSatisfy((record) -> assertThat(record)
						.contains("SPRING_SECURITY_LAST_EXCEPTION", "Exception\",\"message\":")
						.doesNotContain("redentials\":")
						.doesNotContain("\"jdk\""));
			}
		}
	}

	private static List<String> stored(KvEmulator kv) {
		return kv.contents().keys("session:").stream().map((key) -> kv.contents().get(key).text()).toList();
	}

	private static ShopApplication.Running start(KvEmulator kv, Refusing provider, String fallback) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
		application.addInitializers((context) -> context.getBeanFactory().registerSingleton("provider", provider));
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--cloudflare.kv.session.jdk-fallback=" + fallback));
		kv.properties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return new ShopApplication.Running(application.run(arguments.toArray(String[]::new)));
	}

	/**
	 * An application behind a form, whose provider refuses everybody.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Application {

		@Bean
		SecurityFilterChain security(HttpSecurity http, Refusing provider) {
			return http.csrf((csrf) -> csrf.disable())
				.authenticationProvider(provider)
				.formLogin(Customizer.withDefaults())
				.build();
		}

	}

	private static final class Refusing implements AuthenticationProvider {

		private volatile Function<Authentication, AuthenticationException> failure;

		@Override
		public Authentication authenticate(Authentication attempt) {
			throw this.failure.apply(attempt);
		}

		@Override
		public boolean supports(Class<?> type) {
			return true;
		}

	}

	/**
	 * In no trusted package, with fields, and not made of a message.
	 */
	static final class ShopClosedException extends AuthenticationException {

		private final Authentication attempt;

		ShopClosedException(Authentication attempt) {
			super(MESSAGE);
			this.attempt = attempt;
		}

		Authentication attempt() {
			return this.attempt;
		}

	}

	static final class ShopGoneException extends DisabledException {

		ShopGoneException(Authentication attempt) {
			super(MESSAGE);
		}

	}

	static final class Silence extends AuthenticationException {

		Silence(Authentication attempt) {
			super(null);
		}

	}

}
