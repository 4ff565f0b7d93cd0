package dev.kvsession.session.handoff;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.web.FilteredInstance;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

class HandoffLogoutTests extends HandoffFixture {

	private Map<String, String> loggedIn() throws Exception {
		set(this.first, "user", "octocat");
		return new LinkedHashMap<>(this.cookies);
	}

	private MockHttpServletResponse logout(FilteredInstance server) throws Exception {
		this.world.pass(Duration.ofSeconds(2));
		return request(server, (request) -> request.getSession().invalidate());
	}

	private Object shownTo(Map<String, String> thief, FilteredInstance server) throws Exception {
		this.cookies.clear();
		this.cookies.putAll(thief);
		return shown(server, "user");
	}

	@Test
	@DisplayName("P5 a logout takes both cookies away")
	void logoutClears() throws Exception {
		loggedIn();
		MockHttpServletResponse response = logout(this.second);
		assertThat(response.getCookie(HANDOFF).getMaxAge()).isZero();
		assertThat(this.cookies).isEmpty();
	}

	@Test
	@DisplayName("P5 also a logout that KV will be told of later")
	void logoutInAnOutage() throws Exception {
		loggedIn();
		this.world.faults().every(KvFault.status(503));
		assertThat(logout(this.first).getStatus()).isEqualTo(200);
		assertThat(this.cookies).doesNotContainKey(HANDOFF);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("P5 KV is told of the end of a login that was only handed over")
	void logoutOfALoginInAnOutage(boolean changesId) throws Exception {
		if (changesId) {
			loggedIn();
		}
		this.world.faults().every(KvFault.status(503));
		request(this.first, (request) -> {
			request.getSession().setAttribute("user", "mona");
			if (changesId) {
				request.changeSessionId();
			}
		});
		String id = id();
		set(this.second, "cart", "full");
		logout(this.first);
		this.world.faults().clear();
		this.world.pass(Duration.ofMinutes(2));
		// By this, the second looks of the other instance find the end.
		assertThat(this.world.hasMarker(id)).isTrue();
	}

	@Test
	void aSessionMadeAfterTheLogoutIsHandedOver() throws Exception {
		loggedIn();
		this.world.pass(Duration.ofSeconds(2));
		request(this.second, (request) -> {
			request.getSession().invalidate();
			request.getSession().setAttribute("user", "mona");
		});
		assertThat(shown(this.first, "user")).isEqualTo("mona");
	}

	@Test
	@DisplayName("P5 the end of another session leaves the cookie alone")
	void endOfAnother() throws Exception {
		String other = this.second.app().login((session) -> {
		});
		loggedIn();
		request(this.second, (request) -> this.second.app().delete(other));
		assertThat(this.cookies).containsKey(HANDOFF);
	}

	@Test
	@DisplayName("P5 an instance that ended a session takes no handoff of it, without a call")
	void replayHere() throws Exception {
		Map<String, String> thief = loggedIn();
		logout(this.second);
		this.world.forgetCalls();
		assertThat(shownTo(thief, this.second)).isEqualTo("none");
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P5 nor one that changed the session's id")
	void replayOfAnOldId() throws Exception {
		Map<String, String> thief = loggedIn();
		this.world.pass(Duration.ofSeconds(2));
		request(this.second, (request) -> request.changeSessionId());
		assertThat(shownTo(thief, this.second)).isEqualTo("none");
	}

	@Test
	@DisplayName("P5 elsewhere the gone marker ends it, though KV shows nothing of the record")
	void markerElsewhere() throws Exception {
		Map<String, String> thief = loggedIn();
		String id = id();
		logout(this.first);
		this.world.showMarker(id);
		assertThat(shownTo(thief, this.second)).isEqualTo("none");
		this.world.forgetCalls();
		assertThat(shownTo(thief, this.second)).isEqualTo("none");
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P5 before KV shows the marker a copied pair works elsewhere for 120 seconds, as documented")
	void replayElsewhere() throws Exception {
		Map<String, String> thief = loggedIn();
		logout(this.first);
		assertThat(shownTo(thief, this.second)).isEqualTo("octocat");
		FilteredInstance third = server();
		this.world.pass(Duration.ofSeconds(117));
		assertThat(shownTo(thief, third)).isEqualTo("octocat");
		FilteredInstance fourth = server();
		this.world.pass(Duration.ofSeconds(3));
		assertThat(shownTo(thief, fourth)).isEqualTo("none");
		assertThat(shownTo(thief, this.second)).isEqualTo("none");
	}

	@Test
	@DisplayName("P5 a handoff of one session opens no other")
	void replayForAnotherId() throws Exception {
		loggedIn();
		String handoff = this.cookies.get(HANDOFF);
		this.cookies.clear();
		String other = this.first.app().login((session) -> {
		});
		this.cookies.put(SESSION, other);
		this.cookies.put(HANDOFF, handoff);
		assertThat(shown(this.second, "user")).isEqualTo("none");
		assertThat(used(this.second)).isZero();
	}

	@Test
	void aForgedCookieBeforeTheRightOneDoesNoHarm() throws Exception {
		loggedIn();
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(new Cookie(HANDOFF, "forged"), new Cookie(SESSION, this.cookies.get(SESSION)),
				new Cookie(HANDOFF, this.cookies.get(HANDOFF)));
		Object[] shown = new Object[1];
		this.second.answer(request, (inner) -> shown[0] = inner.getSession().getAttribute("user"));
		assertThat(shown[0]).isEqualTo("octocat");
	}

	@Test
	void clocksMayDifferByHalfAMinute() throws Exception {
		FilteredInstance behind = server(Duration.ofSeconds(-29), (repository) -> {
		});
		FilteredInstance farBehind = server(Duration.ofSeconds(-31), (repository) -> {
		});
		Map<String, String> pair = loggedIn();
		assertThat(shownTo(pair, farBehind)).isEqualTo("none");
		assertThat(shownTo(pair, behind)).isEqualTo("octocat");
	}

	@Test
	void anotherSecretScopeOrPrefixOpensNothing() throws Exception {
		Map<String, String> pair = loggedIn();
		assertThat(shownTo(pair,
				server(Duration.ZERO,
						(repository) -> repository
							.setHandoffKey(HandoffKey.of("another-secret-of-32-characters-0", "namespace")))))
			.isEqualTo("none");
		assertThat(shownTo(pair,
				server(Duration.ZERO,
						(repository) -> repository
							.setHandoffKey(HandoffKey.of("a-secret-that-nobody-may-see-0000", "staging")))))
			.isEqualTo("none");
		assertThat(shownTo(pair, server(Duration.ZERO, (repository) -> repository.setKeyPrefix("other:"))))
			.isEqualTo("none");
	}

}
