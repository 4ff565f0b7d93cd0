package dev.kvsession.autoconfigure.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.security.web.authentication.SpringSessionRememberMeServices;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.autoconfigure.SessionContexts;
import dev.kvsession.session.web.KvSessionFilter;
import dev.kvsession.test.KvEmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

class CookieFollowsSessionTests {

	@RegisterExtension
	static KvEmulatorExtension kv = new KvEmulatorExtension();

	private static WebApplicationContextRunner following(String... properties) {
		return with(properties).withPropertyValues("cloudflare.kv.session.cookie-follows-session=true");
	}

	private static WebApplicationContextRunner with(String... properties) {
		return SessionContexts.embedded()
			.withPropertyValues(kv.emulator().propertyPairs())
			.withPropertyValues(properties);
	}

	@ParameterizedTest
	@CsvSource({ "cloudflare.kv.session.timeout=30d,2592000", "server.servlet.session.timeout=15m,900",
			"cloudflare.kv.session.max-lifetime=2h,7200", "cloudflare.kv.session.timeout=0,2147483647",
			"cloudflare.kv.session.timeout=-1s,2147483647", "cloudflare.kv.session.timeout=40000d,2147483647",
			"cloudflare.kv.session.timeout=400ms,1", "cloudflare.kv.session.expiration=fixed,604800",
			"server.servlet.session.cookie.max-age=,604800", "server.servlet.session.cookie.max-age=1h,3600",
			"SERVER.SERVLET.SESSION.COOKIE.MAXAGE=1h,3600" })
	@DisplayName("P7 the cookie lives as long as its session, unless its own age is set")
	void livesAsLongAsTheSession(String property, int seconds) {
		following(property).run((context) -> {
			String cookie = sessionCookie(
					answer(context, new MockHttpServletRequest(), (session) -> session.setAttribute("user", "ada")));
			assertThat(maxAge(cookie)).isEqualTo(seconds);
			assertThat(part(cookie, "Expires")).endsWith("GMT");
		});
	}

	@Test
	void livesAsLongAsTheBrowserByDefault() {
		with().run((context) -> assertThat(sessionCookie(
				answer(context, new MockHttpServletRequest(), (session) -> session.setAttribute("user", "ada"))))
			.doesNotContain("Max-Age", "Expires"));
	}

	@Test
	@DisplayName("P7 a new interval of a session sends its cookie again")
	void followsANewInterval() {
		following().run((context) -> {
			String id = login(context);
			assertThat(maxAge(sessionCookie(answer(context, id, (session) -> session.setMaxInactiveInterval(600)))))
				.isEqualTo(600);
			assertThat(maxAge(sessionCookie(answer(context, id, (session) -> session.setAttribute("cart", "tea")))))
				.isEqualTo(600);
		});
	}

	@Test
	@DisplayName("P7 a new interval counts though the cookie was sent before it was set")
	void followsAnIntervalThatIsSetLast() {
		following("cloudflare.kv.session.flush-mode=immediate").run((context) -> {
			String id = login(context);
			assertThat(maxAge(sessionCookie(answer(context, id, (session) -> {
				session.setAttribute("cart", "tea");
				session.setMaxInactiveInterval(600);
			})))).isEqualTo(600);
		});
	}

	@Test
	@DisplayName("P7 a touch that is written sends the cookie again, with its new life")
	void followsTouches() {
		following("cloudflare.kv.session.touch-interval=0s").run((context) -> {
			String id = login(context);
			assertThat(maxAge(sessionCookie(answer(context, id, HttpSession::getId)))).isEqualTo(604_800);
		});
		following().run((context) -> {
			String id = login(context);
			assertThat(answer(context, id, HttpSession::getId)).isEmpty();
		});
	}

	@Test
	void followsASessionThatIsToBeRemembered() {
		following().run((context) -> {
			MockHttpServletRequest request = new MockHttpServletRequest();
			request.setAttribute(SpringSessionRememberMeServices.REMEMBER_ME_LOGIN_ATTR, true);
			List<String> cookies = answer(context, request,
					(session) -> session.setMaxInactiveInterval(Math.toIntExact(Duration.ofDays(30).toSeconds())));
			assertThat(maxAge(sessionCookie(cookies))).isEqualTo(2_592_000);
		});
	}

	@Test
	void followsWithASerializerOfTheApplication() {
		following().withBean(CookieSerializer.class, DefaultCookieSerializer::new)
			.run((context) -> assertThat(maxAge(sessionCookie(
					answer(context, new MockHttpServletRequest(), (session) -> session.setAttribute("user", "ada")))))
				.isEqualTo(604_800));
	}

	@Test
	void leavesALogoutALogout() {
		following().run((context) -> {
			String id = login(context);
			assertThat(maxAge(sessionCookie(answer(context, id, HttpSession::invalidate)))).isZero();
		});
	}

	private static String login(ApplicationContext context) throws IOException, ServletException {
		String cookie = sessionCookie(
				answer(context, new MockHttpServletRequest(), (session) -> session.setAttribute("user", "ada")));
		return cookie.substring("SESSION=".length(), cookie.indexOf(';'));
	}

	private static List<String> answer(ApplicationContext context, String id, Consumer<HttpSession> page)
			throws IOException, ServletException {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setCookies(new Cookie("SESSION", id));
		return answer(context, request, page);
	}

	private static List<String> answer(ApplicationContext context, MockHttpServletRequest request,
			Consumer<HttpSession> page) throws IOException, ServletException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		FilterChain servlet = (inner, answer) -> page.accept(((HttpServletRequest) inner).getSession());
		SessionRepositoryFilter<?> spring = context.getBean(SessionRepositoryFilter.class);
		context.getBean(KvSessionFilter.class)
			.doFilter(request, response, (inner, answer) -> spring.doFilter(inner, answer, servlet));
		return response.getHeaders("Set-Cookie").stream().filter((cookie) -> cookie.startsWith("SESSION=")).toList();
	}

	/**
	 * The last of its name counts.
	 */
	private static String sessionCookie(List<String> cookies) {
		assertThat(cookies).isNotEmpty();
		return cookies.get(cookies.size() - 1);
	}

	private static int maxAge(String cookie) {
		return Integer.parseInt(part(cookie, "Max-Age"));
	}

	private static String part(String cookie, String name) {
		return List.of(cookie.split("; "))
			.stream()
			.filter((part) -> part.startsWith(name + "="))
			.findFirst()
			.orElseThrow(() -> new AssertionError(cookie))
			.substring(name.length() + 1);
	}

}
