package dev.kvsession.session;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvCallKind;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Spring Session's own filter over the repository, with ours around it.
 */
class FilterChainTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	private final CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();

	private final SessionRepositoryFilter<KvSession> springFilter = new SessionRepositoryFilter<>(
			this.app.repository());

	private final KvSessionFilter filter = new KvSessionFilter(this.ids, null);

	FilterChainTests() {
		DefaultCookieSerializer cookies = new DefaultCookieSerializer();
		cookies.setUseBase64Encoding(false);
		this.ids.setCookieSerializer(cookies);
		this.springFilter.setHttpSessionIdResolver(this.ids);
	}

	private MockHttpServletResponse request(String id, Application application) throws IOException, ServletException {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		if (id != null) {
			request.setCookies(new Cookie("SESSION", id));
		}
		return dispatch(request, application);
	}

	private MockHttpServletResponse dispatch(MockHttpServletRequest request, Application application)
			throws IOException, ServletException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		FilterChain servlet = (servletRequest, servletResponse) -> {
			application.handle((HttpServletRequest) servletRequest);
			servletResponse.getWriter().write("x");
			servletResponse.flushBuffer();
		};
		this.filter.doFilter(request, response, (servletRequest, servletResponse) -> this.springFilter
			.doFilter(servletRequest, servletResponse, servlet));
		return response;
	}

	private String login() throws IOException, ServletException {
		MockHttpServletResponse response = request(null,
				(request) -> request.getSession().setAttribute("user", "octocat"));
		return response.getCookie("SESSION").getValue();
	}

	@Test
	@DisplayName("P1 a new session costs one write")
	void newSession() throws Exception {
		String id = login();
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.PUT);
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("user");
	}

	@Test
	@DisplayName("P1 an authenticated GET costs one read, and nothing while the session is fresh")
	void authenticatedGet() throws Exception {
		String id = login();
		this.world.pass(Duration.ofMinutes(5));
		for (int reads : new int[] { 1, 0 }) {
			this.world.forgetCalls();
			MockHttpServletResponse response = request(id,
					(request) -> assertThat(request.getSession(false).getAttribute("user")).isEqualTo("octocat"));
			assertThat(this.world.calls(KvCallKind.GET)).hasSize(reads);
			assertThat(this.world.calls()).hasSize(reads);
			assertThat(response.getCookie("SESSION")).isNull();
		}
	}

	@Test
	@DisplayName("P1 the ERROR dispatch of a 404 costs nothing more")
	void notFound() throws Exception {
		String id = login();
		this.world.pass(Duration.ofMinutes(5));
		this.world.forgetCalls();
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/missing");
		request.setCookies(new Cookie("SESSION", id));
		dispatch(request, (inner) -> inner.getSession(false));
		request.setDispatcherType(DispatcherType.ERROR);
		request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/missing");
		dispatch(request, (inner) -> assertThat(inner.getSession(false)).isNotNull());
		assertThat(this.world.calls()).hasSize(1);
	}

	@Test
	@DisplayName("P2 no cookie, a malformed cookie, and an application that never asks cost nothing")
	void strangers() throws Exception {
		request(null, (request) -> assertThat(request.getSession(false)).isNull());
		for (String forged : new String[] { "forged", "../../keys", "x".repeat(8192) }) {
			request(forged, (request) -> assertThat(request.getSession(false)).isNull());
		}
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P1 a well-formed unknown cookie costs one read a request")
	void unknownCookie() throws Exception {
		String unknown = new SecureSessionIdGenerator().generate();
		request(unknown, (request) -> assertThat(request.getSession(false)).isNull());
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.GET);
	}

	@Test
	@DisplayName("P5 a logout that asks for the session again stays a logout, in two calls")
	void logout() throws Exception {
		String id = login();
		this.world.pass(Duration.ofSeconds(2));
		this.world.forgetCalls();
		MockHttpServletResponse response = request(id, (request) -> {
			request.getSession().invalidate();
			assertThat(request.getSession(false)).isNull();
		});
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.PUT, KvCallKind.DELETE);
		assertThat(response.getCookie("SESSION").getMaxAge()).isZero();
		request(id, (request) -> assertThat(request.getSession(false)).isNull());
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P3 a login with change of id puts the new id before the old one ends, and sends it once KV has it")
	void loginChangesTheId() throws Exception {
		String anonymous = login();
		this.world.pass(Duration.ofSeconds(2));
		this.world.forgetCalls();
		MockHttpServletResponse response = request(anonymous, (request) -> {
			request.changeSessionId();
			request.getSession().setAttribute("login", "done");
		});
		String id = response.getCookie("SESSION").getValue();
		assertThat(id).isNotEqualTo(anonymous);
		assertThat(this.world.calls()).extracting(KvCall::kind)
			.containsExactly(KvCallKind.PUT, KvCallKind.PUT, KvCallKind.DELETE);
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("user", "login");
		assertThat(this.world.truth(anonymous)).isNull();
	}

	@Test
	@DisplayName("P8 a failed read is answered 503 with Retry-After, keeps the cookie, and is not tried again")
	void failedRead() throws Exception {
		String id = login();
		this.world.pass(Duration.ofMinutes(5));
		this.world.faults().every(KvFault.quotaExhausted(), KvCallKind.GET);
		this.world.forgetCalls();
		MockHttpServletResponse response = request(id, (request) -> request.getSession(false));
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getHeader("Retry-After")).isNotBlank();
		assertThat(response.getCookie("SESSION")).isNull();
		assertThat(response.getContentAsString()).doesNotContain(id);
		assertThat(this.world.calls()).hasSize(1);
		this.world.faults().clear();
		request(id, (request) -> assertThat(request.getSession(false)).isNotNull());
	}

	@Test
	@DisplayName("P3 a failed save is answered 503, and the new session's cookie is not sent")
	void failedSave() throws Exception {
		this.world.faults().every(KvFault.quotaExhausted(), KvCallKind.PUT);
		MockHttpServletResponse response = request(null, (request) -> request.getSession().setAttribute("a", "1"));
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getCookie("SESSION")).isNull();
	}

	@Test
	@DisplayName("P5 a logout that KV does not take is answered 503, and the session is refused from then on")
	void failedLogout() throws Exception {
		String id = login();
		this.world.faults().every(KvFault.quotaExhausted(), KvCallKind.DELETE);
		MockHttpServletResponse response = request(id, (request) -> request.getSession().invalidate());
		assertThat(response.getStatus()).isEqualTo(503);
		request(id, (request) -> assertThat(request.getSession(false)).isNull());
	}

	@Test
	void failuresOfTheApplicationPassThrough() {
		assertThatIllegalStateException().isThrownBy(() -> request(null, (request) -> {
			throw new IllegalStateException("the application's own");
		})).withMessage("the application's own");
	}

	@Test
	@DisplayName("P7 a written touch sends the cookie again")
	void touchSendsTheCookie() throws Exception {
		String id = this.app.login((session) -> {
		});
		this.world.pass(Duration.ofHours(2));
		MockHttpServletResponse response = request(id, (request) -> request.getSession(false));
		assertThat(response.getCookie("SESSION").getValue()).isEqualTo(id);
		assertThat(response.getCookies()).hasSize(1);
	}

	@FunctionalInterface
	private interface Application {

		void handle(HttpServletRequest request);

	}

}
