package dev.kvsession.session.read;

import java.time.Duration;
import java.time.Instant;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import dev.kvsession.session.Instance;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.web.FilterChainFixture;
import dev.kvsession.session.web.FilteredInstance;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People look at a page for a minute before they ask for the next one.
 */
class ServedWhileReadTests extends FilterChainFixture {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration SOFT_TIMEOUT = Duration.ofMillis(500);

	private String id;

	@BeforeEach
	void logIn() throws Exception {
		this.id = login();
		// The second look at the login is over.
		this.world.settle();
		this.world.settle();
		ask("GET");
		this.world.settle();
		ask("GET");
		this.world.pass(Duration.ofSeconds(10));
		this.world.forgetCalls();
	}

	private static Object user(HttpServletRequest request) {
		return (request.getSession(false) != null) ? request.getSession().getAttribute("user") : null;
	}

	private Object ask(String method) throws Exception {
		Object[] user = new Object[1];
		request(method, this.id, (request) -> user[0] = user(request));
		return user[0];
	}

	/*
	 * How long a request takes.
	 */
	private Duration wait(String method) throws Exception {
		Instant before = this.world.now();
		assertThat(ask(method)).isEqualTo("octocat");
		return Duration.between(before, this.world.now());
	}

	private long count(KvSessionEvent event) {
		return this.app.repository().getStatistics().count(event);
	}

	private void delayReads(Duration delay) {
		this.world.faults().every(KvFault.delayed(delay), KvCallKind.GET, KvCallKind.BULK_GET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "OPTIONS" })
	@DisplayName("P1 a safe request a minute after the last one does not wait, and has the session read again")
	void safeRequest(String method) throws Exception {
		for (int i = 0; i < 20; i++) {
			this.world.pass(MINUTE);
			assertThat(wait(method)).isZero();
		}
		this.world.pass(Duration.ofSeconds(10));
		assertThat(this.world.calls()).hasSize(20);
		assertThat(count(KvSessionEvent.STALE_WHILE_REVALIDATE)).isGreaterThanOrEqualTo(20);
		assertThat(count(KvSessionEvent.SERVED_AFTER_END)).isZero();
	}

	@Test
	@DisplayName("P5 of a session that ended elsewhere one safe request is served, the next one knows")
	void endedElsewhere() throws Exception {
		this.world.remove(this.id);
		this.world.pass(MINUTE);
		assertThat(ask("GET")).isEqualTo("octocat");
		this.world.pass(Duration.ofSeconds(4));
		assertThat(ask("GET")).isNull();
		assertThat(count(KvSessionEvent.SERVED_AFTER_END)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND" })
	@DisplayName("P5 any other request waits for KV, and finds a session that ended elsewhere ended")
	void otherRequests(String method) throws Exception {
		this.world.pass(MINUTE);
		assertThat(wait(method)).isPositive();
		this.world.remove(this.id);
		this.world.pass(MINUTE);
		assertThat(ask(method)).isNull();
	}

	@Test
	@DisplayName("P5 a WebSocket's handshake waits for KV, though it is a GET")
	void webSocket() throws Exception {
		this.world.remove(this.id);
		this.world.pass(MINUTE);
		MockHttpServletRequest handshake = new MockHttpServletRequest("GET", "/");
		handshake.setCookies(new Cookie("SESSION", this.id));
		handshake.addHeader("Upgrade", "websocket");
		Object[] user = { "unknown" };
		dispatch(handshake, (request) -> user[0] = user(request));
		assertThat(user[0]).isNull();
	}

	@Test
	@DisplayName("P1 a request that offers HTTP/2 in clear text is as safe as any other")
	void otherUpgrade() throws Exception {
		this.world.pass(MINUTE);
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(new Cookie("SESSION", this.id));
		request.addHeader("Upgrade", "h2c");
		Instant before = this.world.now();
		dispatch(request, (inner) -> assertThat(user(inner)).isEqualTo("octocat"));
		assertThat(this.world.now()).isEqualTo(before);
	}

	@Test
	@DisplayName("P5 a call without a request waits for KV")
	void withoutRequest() {
		this.world.remove(this.id);
		this.world.pass(MINUTE);
		assertThat(this.app.find(this.id)).isNull();
	}

	@Test
	@DisplayName("P5 a safe request does not make a reload that comes too late fresh for others")
	void otherRequestAfterASafeOne() throws Exception {
		this.world.remove(this.id);
		this.world.pass(MINUTE);
		ask("GET");
		assertThat(ask("POST")).isNull();
	}

	@Test
	@DisplayName("P11 another request waits for the soft time-out, and is served what KV has confirmed lately")
	void softTimeout() throws Exception {
		this.world.pass(MINUTE);
		delayReads(Duration.ofSeconds(3));
		assertThat(wait("POST")).isEqualTo(SOFT_TIMEOUT);
		assertThat(count(KvSessionEvent.SOFT_TIMEOUT)).isEqualTo(1);
		assertThat(this.app.repository().getEffectiveAge()).isGreaterThan(MINUTE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	@DisplayName("P5 what KV confirmed longer ago than the greatest staleness is not served for slowness alone")
	void tooStale(String method) throws Exception {
		this.world.pass(Duration.ofMinutes(6));
		delayReads(Duration.ofSeconds(3));
		assertThat(wait(method)).isGreaterThan(Duration.ofSeconds(3));
		this.world.remove(this.id);
		this.world.pass(Duration.ofMinutes(6));
		assertThat(ask(method)).isNull();
	}

	@Test
	@DisplayName("P1 the first find of a request holds for its later ones and its error page")
	void oneAnswerForARequest() throws Exception {
		this.world.remove(this.id);
		this.world.pass(MINUTE);
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(new Cookie("SESSION", this.id));
		dispatch(request, (inner) -> {
			assertThat(user(inner)).isEqualTo("octocat");
			this.world.pass(Duration.ofSeconds(5));
			assertThat(this.app.find(this.id)).isNotNull();
			assertThat(user(inner)).isEqualTo("octocat");
		});
		request.setDispatcherType(DispatcherType.ERROR);
		dispatch(request, (inner) -> assertThat(user(inner)).isEqualTo("octocat"));
		assertThat(this.app.find(this.id)).isNull();
	}

	@Test
	@DisplayName("P5 the first find of a request does not hold after a logout on this instance")
	void logoutHere() throws Exception {
		request(this.id, (request) -> {
			assertThat(user(request)).isEqualTo("octocat");
			this.app.delete(this.id);
			assertThat(this.app.find(this.id)).isNull();
		});
	}

	@Test
	@DisplayName("P4 what a safe request changes is read again before it is written")
	void changeOfASafeRequest() throws Exception {
		Instance other = this.world.instance();
		other.change(this.id, "user", "hubot");
		this.world.settle();
		ask("GET");
		this.world.pass(MINUTE);
		other.change(this.id, "other", "2");
		this.world.settle();
		request("GET", this.id, (request) -> request.getSession().setAttribute("here", "1"));
		assertThat(this.world.record(this.id).attributes()).containsKeys("here", "other");
	}

	@Test
	@DisplayName("P1 with a greatest staleness of zero every request waits for a session that is too old")
	void off() throws Exception {
		Instance strict = this.world.instance(
				(repository) -> repository.setNearCache(NearCacheSettings.DEFAULT.withMaxStaleness(Duration.ZERO)));
		FilteredInstance server = new FilteredInstance(strict);
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(new Cookie("SESSION", this.id));
		server.answer(request, (inner) -> inner.getSession(false));
		this.world.remove(this.id);
		this.world.pass(MINUTE);
		MockHttpServletRequest later = new MockHttpServletRequest("GET", "/");
		later.setCookies(new Cookie("SESSION", this.id));
		server.answer(later, (inner) -> assertThat(inner.getSession(false)).isNull());
	}

	@Test
	@DisplayName("P5 the error page of a request that is not safe is none either, though a GET makes it")
	void errorPage() throws Exception {
		this.world.remove(this.id);
		this.world.pass(MINUTE);
		MockHttpServletRequest post = new MockHttpServletRequest("POST", "/");
		post.setCookies(new Cookie("SESSION", this.id));
		dispatch(post, (inner) -> {
		});
		post.setMethod("GET");
		post.setDispatcherType(DispatcherType.ERROR);
		post.setAttribute(RequestDispatcher.ERROR_METHOD, "POST");
		dispatch(post, (inner) -> assertThat(user(inner)).isNull());
	}

	@Test
	@DisplayName("P5 a session whose record a second look has not found is not served before KV has answered")
	void goneFromALook() throws Exception {
		request("POST", this.id, (request) -> request.getSession().setAttribute("a", "1"));
		this.world.pass(Duration.ofSeconds(130));
		this.world.remove(this.id);
		this.world.pass(Duration.ofMinutes(4));
		assertThat(ask("GET")).isNull();
	}

}
