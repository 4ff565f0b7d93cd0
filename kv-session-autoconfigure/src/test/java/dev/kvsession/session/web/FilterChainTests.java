package dev.kvsession.session.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.DefaultCookieSerializer;

import dev.kvsession.session.end.SessionEnds;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Spring Session's own requests, as they reach KV.
 */
class FilterChainTests extends FilterChainFixture {

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
		this.world.pass(Duration.ofMinutes(10));
		for (int reads : new int[] { 1, 0 }) {
			this.world.forgetCalls();
			MockHttpServletResponse response = request(id,
					(request) -> assertThat(request.getSession(false).getAttribute("user")).isEqualTo("octocat"));
			assertThat(this.world.calls(KvCallKind.BULK_GET)).hasSize(reads);
			assertThat(this.world.calls()).hasSize(reads);
			assertThat(response.getCookie("SESSION")).isNull();
		}
	}

	@Test
	@DisplayName("P1 the ERROR dispatch of a 404 costs nothing more")
	void notFound() throws Exception {
		String id = login();
		this.world.pass(Duration.ofMinutes(10));
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
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET);
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
	@DisplayName("P3 a login with change of id sends the new id once KV has it, and ends the old one when the application has answered")
	void loginChangesTheId() throws Exception {
		String anonymous = login();
		this.world.pass(Duration.ofSeconds(2));
		this.world.forgetCalls();
		MockHttpServletResponse response = request(anonymous, (request) -> {
			request.changeSessionId();
			request.getSession().setAttribute("login", "done");
			SessionRequest.current()
				.whenAnswered(() -> assertThat(this.world.calls()).as("calls before the answer")
					.extracting(KvCall::kind)
					.containsExactly(KvCallKind.BULK_GET, KvCallKind.PUT));
		});
		String id = response.getCookie("SESSION").getValue();
		assertThat(id).isNotEqualTo(anonymous);
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("user", "login");
		assertThat(this.app.find(anonymous)).isNull();
		assertThat(this.world.calls()).extracting(KvCall::kind)
			.containsExactly(KvCallKind.BULK_GET, KvCallKind.PUT, KvCallKind.PUT, KvCallKind.DELETE);
		assertThat(this.world.truth(anonymous)).isNull();
		assertThat(this.world.hasRenamedMarker(anonymous)).isTrue();
	}

	@Test
	@DisplayName("P3 an answer that takes long does not keep the old id for more than three seconds")
	void anAnswerThatTakesLong() throws Exception {
		String anonymous = login();
		request(anonymous, (request) -> {
			request.changeSessionId();
			request.getSession().setAttribute("login", "done");
			SessionRequest.current().whenAnswered(() -> {
				this.world.pass(SessionEnds.UNTIL_ANSWER_IS_SENT.plusSeconds(1));
				assertThat(this.world.truth(anonymous)).isNull();
			});
		});
		assertThat(this.world.hasRenamedMarker(anonymous)).isTrue();
	}

	@Test
	@DisplayName("P3 what the application has answered is sent before the old id ends")
	void theAnswerIsSentFirst() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(new Cookie("SESSION", login()));
		this.world.pass(Duration.ofSeconds(2));
		this.world.forgetCalls();
		List<Integer> callsBefore = new ArrayList<>();
		MockHttpServletResponse response = new MockHttpServletResponse() {

			@Override
			public void flushBuffer() {
				super.flushBuffer();
				callsBefore.add(FilterChainTests.this.world.calls().size());
			}

		};
		this.filter.doFilter(request, response,
				(inner, outer) -> this.springFilter.doFilter(inner, outer, (servletRequest, servletResponse) -> {
					((HttpServletRequest) servletRequest).changeSessionId();
					servletResponse.flushBuffer();
					servletResponse.getWriter().write("the rest");
				}));
		assertThat(callsBefore).as("for each time that something was sent").containsExactly(2, 2);
		assertThat(this.world.calls()).hasSize(4);
	}

	@Test
	@DisplayName("P5 who comes with the new id is not shown that he has logged in before the old one has ended")
	void theNewIdArrives() throws Exception {
		String anonymous = login();
		MockHttpServletRequest slow = new MockHttpServletRequest("GET", "/");
		slow.setAsyncSupported(true);
		slow.setCookies(new Cookie("SESSION", anonymous));
		MockHttpServletResponse response = dispatch(slow, (request) -> {
			request.changeSessionId();
			request.getSession().setAttribute("login", "done");
			request.startAsync();
		});
		assertThat(this.world.truth(anonymous)).isNotNull();
		request(response.getCookie("SESSION").getValue(), (request) -> {
			assertThat(request.getSession().getAttribute("login")).isEqualTo("done");
			assertThat(this.world.truth(anonymous)).isNull();
		});
	}

	@Test
	@DisplayName("P7 a saved session's interval is there for the cookie")
	void intervalForTheCookie() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		dispatch(request, (inner) -> inner.getSession().setMaxInactiveInterval(2_592_000));
		assertThat(request.getAttribute(KvSessionFilter.MAX_INACTIVE_INTERVAL_ATTRIBUTE))
			.isEqualTo(Duration.ofDays(30));
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

	@ParameterizedTest
	@CsvSource({ "-1, 0", "600, 1" })
	@DisplayName("P7 the cookie of a login that is remembered keeps its age: it is not sent again without one")
	void aRememberedCookieKeepsItsAge(int maxAge, int cookies) throws Exception {
		DefaultCookieSerializer serializer = new DefaultCookieSerializer();
		serializer.setUseBase64Encoding(false);
		serializer.setCookieMaxAge(maxAge);
		this.ids.setCookieSerializer(serializer);
		String id = this.app.login((session) -> session.setMaxInactiveInterval(Duration.ofDays(30)));
		this.world.pass(Duration.ofHours(2));
		assertThat(sent(request(id, (request) -> request.getSession(false)))).hasSize(cookies);
		assertThat(sent(request(id, (request) -> request.getSession().setAttribute("cart", "tea")))).hasSize(cookies);
	}

	private static List<String> sent(MockHttpServletResponse response) {
		return response.getHeaders("Set-Cookie").stream().filter((cookie) -> cookie.startsWith("SESSION=")).toList();
	}

}
