package dev.kvsession.autoconfigure.server;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.security.web.authentication.SpringSessionRememberMeServices;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.World;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long sessions and their cookies live, on a real server.
 */
class LifetimeServerTests {

	private static final String REMEMBERED = "username=ada&password=pw&remember-me=true";

	private static final Duration ANONYMOUS = Duration.ofMinutes(30);

	private static final Duration DEFAULT = Duration.ofDays(7);

	private static final Duration REMEMBER_ME = Duration.ofDays(30);

	private static KvEmulator kv;

	private static ShopApplication.Running server;

	private final Browser browser = new Browser(server);

	@BeforeAll
	static void start() {
		kv = KvEmulator.start();
		server = server("cloudflare.kv.session.cookie-follows-session=true",
				"cloudflare.kv.session.anonymous-timeout=30m", "cloudflare.kv.session.write-mode=sync");
	}

	private static ShopApplication.Running server(String... properties) {
		return ShopApplication.start(Application.class, kv.properties(), properties);
	}

	@AfterAll
	static void stop() {
		server.close();
		kv.close();
	}

	@Test
	@DisplayName("P7 remember-me: 30 days in KV, in the record and in the cookie; 7 days for a login without it")
	void rememberMe() {
		HttpResponse<String> remembered = this.browser.login(REMEMBERED);
		assertStored(this.browser, REMEMBER_ME);
		assertThat(maxAge(remembered)).isEqualTo(REMEMBER_ME.toSeconds());
		Browser other = new Browser(server);
		HttpResponse<String> login = other.login();
		assertStored(other, DEFAULT);
		assertThat(maxAge(login)).isEqualTo(DEFAULT.toSeconds());
	}

	@Test
	@DisplayName("P7 remember-me without cookie-follows-session: 30 days, and Spring's cookie of 68 years, sent once")
	void rememberMeWithSpringsCookie() {
		try (ShopApplication.Running spring = server()) {
			Browser other = new Browser(spring);
			HttpResponse<String> remembered = other.login(REMEMBERED);
			assertStored(other, REMEMBER_ME);
			assertThat(maxAge(remembered)).isEqualTo(Integer.MAX_VALUE);
			assertThat(Browser.setCookies(other.get("/put"))).noneMatch(LifetimeServerTests::isSession);
			assertStored(other, REMEMBER_ME);
		}
	}

	@Test
	@DisplayName("P7 a session's own timeout counts in KV, in the record and in the cookie")
	void ownTimeout() {
		this.browser.login();
		HttpResponse<String> changed = this.browser.get("/timeout/3600");
		assertStored(this.browser, Duration.ofHours(1));
		assertThat(maxAge(changed)).isEqualTo(3600);
	}

	@Test
	@DisplayName("P7 the anonymous timeout is in KV, in the record and in the cookie until the login, which has its own")
	void anonymousTimeout() {
		HttpResponse<String> visit = this.browser.get("/public/put");
		assertStored(this.browser, ANONYMOUS);
		assertThat(maxAge(visit)).isEqualTo(ANONYMOUS.toSeconds());
		String before = this.browser.cookie();
		HttpResponse<String> login = this.browser.login();
		assertThat(this.browser.cookie()).isNotEqualTo(before);
		assertStored(this.browser, DEFAULT);
		assertThat(maxAge(login)).isEqualTo(DEFAULT.toSeconds());
	}

	@Test
	@DisplayName("P7 without a user a session's own timeout counts if it is shorter than the anonymous one; with one always")
	void anonymousAndOwnTimeout() {
		HttpResponse<String> shorter = this.browser.get("/public/timeout/1200");
		assertStored(this.browser, Duration.ofMinutes(20));
		assertThat(maxAge(shorter)).isEqualTo(1200);
		HttpResponse<String> longer = this.browser.get("/public/timeout/7200");
		assertStored(this.browser, ANONYMOUS);
		assertThat(maxAge(longer)).isEqualTo(ANONYMOUS.toSeconds());
		HttpResponse<String> login = this.browser.login();
		assertStored(this.browser, Duration.ofHours(2));
		assertThat(maxAge(login)).isEqualTo(7200);
	}

	@Test
	@DisplayName("P7 a login that is to be remembered has 30 days, also in a session that began without a user")
	void anonymousAndRememberMe() {
		this.browser.get("/public/put");
		HttpResponse<String> login = this.browser.login(REMEMBERED);
		assertStored(this.browser, REMEMBER_ME);
		assertThat(maxAge(login)).isEqualTo(REMEMBER_ME.toSeconds());
	}

	private static void assertStored(Browser browser, Duration life) {
		String key = "session:" + new String(Base64.getDecoder().decode(browser.cookie()));
		SessionRecord record = World.CODEC.decode(kv.contents().get(key).text());
		assertThat(record.expiresAt()).isEqualTo(record.lastAccessedAt().plus(life));
		List<KvCall> writes = kv.log()
			.calls(KvCallKind.PUT)
			.stream()
			.filter((call) -> call.keys().contains(key))
			.toList();
		assertThat(writes.get(writes.size() - 1).ttl(key)).isEqualTo(life.toSeconds());
	}

	private static boolean isSession(String cookie) {
		return cookie.startsWith("SESSION=");
	}

	private static long maxAge(HttpResponse<String> response) {
		String cookie = Browser.setCookies(response)
			.stream()
			.filter(LifetimeServerTests::isSession)
			.reduce((first, last) -> last)
			.orElseThrow();
		return Long.parseLong(cookie.replaceAll(".*Max-Age=([0-9]+).*", "$1"));
	}

	/**
	 * The application, with remember-me as Spring Session's documentation shows it.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@RestController
	static class Application {

		@Bean
		SecurityFilterChain security(HttpSecurity http, SpringSessionRememberMeServices rememberMe) {
			return http.csrf((csrf) -> csrf.disable())
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/public/**").permitAll().anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.rememberMe((remember) -> remember.rememberMeServices(rememberMe))
				.build();
		}

		@Bean
		SpringSessionRememberMeServices rememberMeServices() {
			return new SpringSessionRememberMeServices();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("ada").password("{noop}pw").build());
		}

		@GetMapping({ "/put", "/public/put" })
		String put(HttpSession session) {
			session.setAttribute("cart", List.of("tea"));
			return "put";
		}

		@GetMapping({ "/timeout/{seconds}", "/public/timeout/{seconds}" })
		String timeout(@PathVariable int seconds, HttpSession session) {
			session.setMaxInactiveInterval(seconds);
			return "set";
		}

	}

}
