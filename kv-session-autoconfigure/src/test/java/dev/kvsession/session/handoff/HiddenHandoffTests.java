package dev.kvsession.session.handoff;

import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.HeaderHttpSessionIdResolver;
import org.springframework.session.web.http.HttpSessionIdResolver;

import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.session.web.KvSessionFilter;
import dev.kvsession.session.web.SessionRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application sees every cookie but the handoff cookie, which it would store or log
 * with the request.
 */
class HiddenHandoffTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private static HttpSessionIdResolver cookieNamed(String name) {
		DefaultCookieSerializer serializer = new DefaultCookieSerializer();
		serializer.setCookieName(name);
		CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();
		ids.setCookieSerializer(serializer);
		return ids;
	}

	private HttpServletRequest shown() throws Exception {
		return shown(new CookieHttpSessionIdResolver());
	}

	/**
	 * What stands behind the filter.
	 */
	private HttpServletRequest shown(HttpSessionIdResolver ids) throws Exception {
		HttpServletRequest[] shown = new HttpServletRequest[1];
		FilterChain application = (request, response) -> shown[0] = (HttpServletRequest) request;
		new KvSessionFilter(ids, null).doFilter(this.request, new MockHttpServletResponse(), application);
		return shown[0];
	}

	/**
	 * Gives the request header lines, and the cookies that a server reads from them.
	 */
	private void send(String... lines) {
		this.request.setCookies(Arrays.stream(lines)
			.flatMap((line) -> Arrays.stream(line.split("; *")))
			.map((pair) -> pair.split("=", 2))
			.map((pair) -> new Cookie(pair[0].strip(), pair[pair.length - 1].strip().replace("\"", "")))
			.toArray(Cookie[]::new));
		this.request.removeHeader("Cookie");
		Arrays.stream(lines).forEach((line) -> this.request.addHeader("Cookie", line));
	}

	static Stream<Arguments> headers() {
		return Stream.of(Arguments.of(List.of("SESSION-HANDOFF=x"), List.of()),
				Arguments.of(List.of("SESSION=1; SESSION-HANDOFF=x"), List.of("SESSION=1")),
				Arguments.of(List.of("SESSION-HANDOFF=x; SESSION=1"), List.of("SESSION=1")),
				Arguments.of(List.of("a=1;SESSION-HANDOFF=x;b=2"), List.of("a=1;b=2")),
				Arguments.of(List.of("a=1; SESSION-HANDOFF=x; b=2;"), List.of("a=1; b=2")),
				Arguments.of(List.of("a=1; SESSION-HANDOFF=\"x\"; b=\"2\""), List.of("a=1; b=\"2\"")),
				Arguments.of(List.of("a=1;  SESSION-HANDOFF = x ; b=2"), List.of("a=1; b=2")),
				Arguments.of(List.of("a=1; SESSION-HANDOFF=x=y==; b=="), List.of("a=1; b==")),
				Arguments.of(List.of("a=1; SESSION-HANDOFF=; SESSION-HANDOFF"), List.of("a=1")),
				Arguments.of(List.of("SESSION-HANDOFF=x; a=1; SESSION-HANDOFF=y"), List.of("a=1")),
				Arguments.of(List.of("a=1", "SESSION-HANDOFF=x", "b=2; SESSION-HANDOFF=y"), List.of("a=1", "b=2")),
				Arguments.of(List.of("SHOP-HANDOFF=1; SESSION-HANDOFF=x; -HANDOFF=2; SESSION-HANDOFF2=3"),
						List.of("SHOP-HANDOFF=1; -HANDOFF=2; SESSION-HANDOFF2=3")),
				Arguments.of(List.of("session-handoff=1; MYSESSION-HANDOFF=2; a=SESSION-HANDOFF"),
						List.of("session-handoff=1; MYSESSION-HANDOFF=2; a=SESSION-HANDOFF")));
	}

	@ParameterizedTest
	@MethodSource("headers")
	@DisplayName("P12 the application sees all cookies but the handoff")
	void hidesTheHandoffAlone(List<String> sent, List<String> left) throws Exception {
		send(sent.toArray(String[]::new));
		this.request.addHeader("X-Other", "SESSION-HANDOFF=x");
		HttpServletRequest shown = shown();
		for (String name : new String[] { "Cookie", "cookie", "COOKIE" }) {
			assertThat(Collections.list(shown.getHeaders(name))).isEqualTo(left);
			assertThat(shown.getHeader(name)).isEqualTo(left.isEmpty() ? null : left.get(0));
		}
		assertThat(Collections.list(shown.getHeaderNames()).contains("Cookie")).isEqualTo(!left.isEmpty());
		assertThat(names(shown)).isEqualTo(
				Stream.of(this.request.getCookies()).map(Cookie::getName).filter((name) -> !ours(name)).toList());
		assertThat(shown.getHeader("X-Other")).isEqualTo("SESSION-HANDOFF=x");
		assertThat(Collections.list(shown.getHeaders("X-Other"))).containsExactly("SESSION-HANDOFF=x");
		assertThat(Collections.list(shown.getHeaderNames())).contains("X-Other");
	}

	private static boolean ours(String name) {
		return name.equals("SESSION-HANDOFF");
	}

	private static List<String> names(HttpServletRequest request) {
		return (request.getCookies() != null) ? Stream.of(request.getCookies()).map(Cookie::getName).toList()
				: List.of();
	}

	@Test
	void saysThatThereAreNoCookiesAsServersDo() throws Exception {
		send("SESSION-HANDOFF=x");
		assertThat(shown().getCookies()).isNull();
	}

	@Test
	@DisplayName("P12 a request stored by Spring Security holds no handoff")
	void savedRequestsHoldNoHandoff() throws Exception {
		send("SESSION=1; SESSION-HANDOFF=x");
		DefaultSavedRequest saved = new DefaultSavedRequest(shown());
		assertThat(saved.getCookies()).extracting(Cookie::getName).containsExactly("SESSION");
		assertThat(saved.getHeaderValues("cookie")).containsExactly("SESSION=1");
		SimpleSavedRequest simple = new SimpleSavedRequest(saved);
		assertThat(simple.getCookies()).extracting(Cookie::getName).containsExactly("SESSION");
	}

	@Test
	@DisplayName("P12 the handler of failures sees no handoff either")
	void hidesItFromTheHandlerOfFailures() throws Exception {
		send("SESSION=1; SESSION-HANDOFF=x");
		KvUnavailableException failure = new KvUnavailableException("KV does not answer", null);
		HttpServletRequest[] shown = new HttpServletRequest[1];
		new KvSessionFilter(new CookieHttpSessionIdResolver(), (request, response, ex) -> shown[0] = request)
			.doFilter(this.request, new MockHttpServletResponse(), (request, response) -> {
				SessionRequest.current().failed(failure);
				throw failure;
			});
		assertThat(shown[0].getHeader("Cookie")).isEqualTo("SESSION=1");
	}

	@Test
	void followsTheSessionCookiesName() throws Exception {
		send("LOGIN=1; LOGIN-HANDOFF=x; SESSION-HANDOFF=y");
		assertThat(shown(cookieNamed("LOGIN")).getHeader("Cookie")).isEqualTo("LOGIN=1; SESSION-HANDOFF=y");
	}

	@Test
	void hidesNothingWhereIdsTravelInHeaders() throws Exception {
		send("SESSION-HANDOFF=x");
		assertThat(shown(HeaderHttpSessionIdResolver.xAuthToken())).isSameAs(this.request);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "SESSION=1", "SESSION=1; a=HANDOFF; b=session-handoff" })
	@DisplayName("P1 a request without a handoff is not wrapped")
	void leavesOtherRequestsAsTheyAre(String cookies) throws Exception {
		if (!cookies.isEmpty()) {
			send(cookies);
		}
		assertThat(shown()).isSameAs(this.request);
	}

	@Test
	void toleratesAServerThatKeepsHeadersToItself() throws Exception {
		send("a=1");
		HttpServletRequest closed = new HttpServletRequestWrapper(this.request) {

			@Override
			public Enumeration<String> getHeaders(String name) {
				return null;
			}

			@Override
			public Enumeration<String> getHeaderNames() {
				return null;
			}

		};
		HttpServletRequest[] shown = new HttpServletRequest[1];
		new KvSessionFilter(new CookieHttpSessionIdResolver(), null).doFilter(closed, new MockHttpServletResponse(),
				(request, response) -> shown[0] = (HttpServletRequest) request);
		assertThat(shown[0]).isSameAs(closed);
	}

}
