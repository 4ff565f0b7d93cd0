package dev.kvsession.session.handoff;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.FlushMode;

import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.session.web.FilteredInstance;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class HandoffTests extends HandoffFixture {

	private static final Duration A_MOMENT = Duration.ofSeconds(2);

	/**
	 * Text that no compression makes fit.
	 */
	private static String large() {
		StringBuilder text = new StringBuilder();
		new Random(1).ints(6000, '0', 'z').filter(Character::isLetterOrDigit).forEach((c) -> text.append((char) c));
		return text.toString();
	}

	@Test
	@DisplayName("P8 a session is there on another instance from its first second, in one call")
	void newSession() throws Exception {
		set(this.first, "user", "octocat");
		this.world.forgetCalls();
		assertThat(shown(this.second, "user")).isEqualTo("octocat");
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET);
		assertThat(used(this.second)).isOne();

		this.world.forgetCalls();
		assertThat(shown(this.second, "user")).isEqualTo("octocat");
		assertThat(shown(this.first, "user")).isEqualTo("octocat");
		assertThat(this.world.calls()).isEmpty();
		assertThat(used(this.first)).isZero();
	}

	@Test
	@DisplayName("P8 the cookie counts also where an application hands its own view of the request to another dispatch")
	void asynchronousDispatch() throws Exception {
		set(this.first, "user", "octocat");
		MockHttpServletRequest request = request();
		HttpServletRequest[] seen = new HttpServletRequest[1];
		this.second.answer(request, (inner) -> seen[0] = inner);
		request.setDispatcherType(DispatcherType.ASYNC);
		Object[] shown = new Object[1];
		this.second.answer(seen[0], (inner) -> shown[0] = inner.getSession().getAttribute("user"));
		assertThat(shown).containsExactly("octocat");
		assertThat(used(this.second)).isOne();
	}

	@Test
	@DisplayName("P4 changes made by turns on two instances all survive")
	void changesByTurns() throws Exception {
		set(this.first, "a", 1);
		for (int i = 2; i < 8; i++) {
			this.world.pass(A_MOMENT);
			FilteredInstance server = (i % 2 == 0) ? this.second : this.first;
			FilteredInstance other = (i % 2 == 0) ? this.first : this.second;
			set(server, "a" + i, i);
			set(server, "a", i);
			assertThat(shown(other, "a")).isEqualTo(i);
			assertThat(shown(other, "a" + i)).isEqualTo(i);
		}
		assertThat(this.world.record(id()).attributes()).containsOnlyKeys("a", "a2", "a3", "a4", "a5", "a6", "a7");
	}

	@Test
	@DisplayName("P4 a change made elsewhere at the same time is seen, though the own state is newer")
	void concurrentChangeOfALowerRev() throws Exception {
		set(this.first, "a", 1);
		this.world.pass(A_MOMENT);
		Map<String, String> before = Map.copyOf(this.cookies);
		set(this.second, "b", 2);
		Map<String, String> after = Map.copyOf(this.cookies);
		this.world.pass(A_MOMENT);
		this.cookies.putAll(before);
		set(this.first, "c", 3);
		this.cookies.putAll(after);
		assertThat(shown(this.first, "b")).isEqualTo(2);
		assertThat(shown(this.first, "c")).isEqualTo(3);

		this.world.forgetCalls();
		assertThat(shown(this.first, "b")).isEqualTo(2);
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P3 a session is found elsewhere under its new id")
	void changeOfId() throws Exception {
		set(this.first, "user", "octocat");
		String before = id();
		this.world.pass(A_MOMENT);
		request(this.second, (request) -> request.changeSessionId());
		assertThat(id()).isNotEqualTo(before);
		assertThat(shown(this.first, "user")).isEqualTo("octocat");
	}

	@Test
	@DisplayName("P11 a login that KV could not take for minutes is handed over when it has")
	void loginInAnOutage() throws Exception {
		this.world.faults().every(KvFault.status(503));
		set(this.first, "user", "octocat");
		for (int i = 0; i < 20; i++) {
			this.world.pass(Duration.ofSeconds(25));
			assertThat(shown(this.first, "user")).isEqualTo("octocat");
		}
		this.world.faults().clear();
		this.world.pass(Duration.ofSeconds(70));
		assertThat(this.first.app().repository().getPendingWrites()).isZero();
		assertThat(shown(this.second, "user")).isEqualTo("octocat");
	}

	@Test
	@DisplayName("P11 a login that KV cannot take is not handed over with every request")
	void loginInAnOutageIsHandedOverNowAndThen() throws Exception {
		this.world.faults().every(KvFault.status(503));
		set(this.first, "user", "octocat");
		int sent = 0;
		for (int i = 0; i < 60; i++) {
			this.world.pass(Duration.ofSeconds(1));
			sent += request(this.first, (request) -> request.getSession(false)).getHeaders("Set-Cookie").size();
		}
		assertThat(sent).isBetween(1, 2);
	}

	@Test
	void plainUseSendsNoCookie() throws Exception {
		set(this.first, "user", "octocat");
		MockHttpServletResponse response = request(this.second, (request) -> request.getSession(false));
		assertThat(response.getHeaders("Set-Cookie")).isEmpty();
	}

	@Test
	void severalSavesOfOneRequestSendTheLastState() throws Exception {
		FilteredInstance eager = server(Duration.ZERO, (repository) -> repository.setFlushMode(FlushMode.IMMEDIATE));
		MockHttpServletResponse response = request(eager, (request) -> {
			request.getSession().setAttribute("a", 1);
			request.getSession().setAttribute("a", 2);
		});
		assertThat(Arrays.stream(response.getCookies()).map(Cookie::getName)).containsExactlyInAnyOrder(SESSION,
				HANDOFF);
		assertThat(shown(this.second, "a")).isEqualTo(2);
	}

	@Test
	void whatKvShowsIsPreferredIfItIsNotOlder() throws Exception {
		set(this.first, "user", "octocat");
		this.world.store(id(), this.world.truth(id()));
		assertThat(shown(this.second, "user")).isEqualTo("octocat");
		assertThat(used(this.second)).isZero();
	}

	@Test
	void withoutKeyThereIsNoHandoff() throws Exception {
		FilteredInstance without = new FilteredInstance(this.world.instance());
		set(without, "user", "octocat");
		assertThat(this.cookies).containsOnlyKeys(SESSION);
		set(this.first, "user", "octocat");
		assertThat(shown(without, "user")).isEqualTo("none");
	}

	@Test
	@DisplayName("P11 with KV down the handoff alone is enough")
	void outage() throws Exception {
		set(this.first, "user", "octocat");
		this.world.faults().every(KvFault.status(503));
		assertThat(shown(this.second, "user")).isEqualTo("octocat");
		assertThat(used(this.second)).isOne();
	}

	@Test
	@DisplayName("P7 a handoff does not prolong a session")
	void expired() throws Exception {
		// By its age: Spring Session itself notes the last access by the machine's clock.
		FilteredInstance creator = server(Duration.ZERO,
				(repository) -> repository.setMaxLifetime(Duration.ofSeconds(60)));
		FilteredInstance other = server(Duration.ZERO,
				(repository) -> repository.setMaxLifetime(Duration.ofSeconds(60)));
		set(creator, "user", "octocat");
		this.world.pass(Duration.ofSeconds(61));
		assertThat(this.cookies).containsKey(HANDOFF);
		assertThat(shown(other, "user")).isEqualTo("none");
		assertThat(used(other)).isOne();
	}

	@Test
	@DisplayName("P8 a session too large for the cookie is unavailable where KV does not show it, never absent")
	void largeAndUnseen() throws Exception {
		MockHttpServletResponse login = set(this.first, "text", large());
		assertThat(login.getCookie(HANDOFF).getValue()).hasSizeLessThan(300);
		for (FilteredInstance server : Arrays.asList(this.second,
				server(Duration.ZERO, (repository) -> repository.setOnReadFailure(ReadFailurePolicy.NO_SESSION)))) {
			MockHttpServletResponse refused = request(server, (request) -> request.getSession(false));
			assertThat(refused.getStatus()).isEqualTo(503);
			assertThat(refused.getHeader("Retry-After")).isEqualTo("2");
			assertThat(refused.getHeaders("Set-Cookie")).isEmpty();
		}
	}

	@Test
	@DisplayName("P8 nor is it absent where KV cannot be asked, whatever is to be done after a failed read")
	void largeAndUnanswered() throws Exception {
		set(this.first, "text", large());
		this.world.faults().every(KvFault.status(503));
		FilteredInstance lenient = server(Duration.ZERO,
				(repository) -> repository.setOnReadFailure(ReadFailurePolicy.NO_SESSION));
		MockHttpServletResponse refused = request(lenient, (request) -> request.getSession(true));
		assertThat(refused.getStatus()).isEqualTo(503);
		assertThat(refused.getHeader("Retry-After")).isNotNull();
		assertThat(refused.getHeaders("Set-Cookie")).isEmpty();
	}

	@Test
	@DisplayName("P1 where KV shows an older state of a large session, that is served, and KV asked once")
	void largeAndOlder() throws Exception {
		set(this.first, "text", large());
		this.world.store(id(), this.world.truth(id()));
		this.world.pass(A_MOMENT);
		set(this.first, "text", large() + "2");
		this.world.forgetCalls();
		assertThat(shown(this.second, "text")).isEqualTo(large());
		assertThat(shown(this.second, "text")).isEqualTo(large());
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET);
		this.world.pass(Duration.ofSeconds(3));
		shown(this.second, "text");
		assertThat(this.world.calls()).hasSize(2);
	}

	@Test
	@DisplayName("P11 with KV down what is known of a large session goes on being served")
	void largeInAnOutage() throws Exception {
		set(this.first, "text", "small");
		assertThat(shown(this.second, "text")).isEqualTo("small");
		set(this.first, "text", large());
		this.world.pass(A_MOMENT);
		this.world.faults().every(KvFault.status(503));
		assertThat(shown(this.second, "text")).isEqualTo("small");
	}

	@Test
	@DisplayName("P4 what came by handoff is not lost when its entry in memory is")
	void survivesEviction() throws Exception {
		FilteredInstance forgetful = server(Duration.ZERO,
				(repository) -> repository.setNearCache(NearCacheSettings.DEFAULT.withEnabled(false)));
		set(this.first, "user", "octocat");
		request(forgetful, (request) -> {
			request.getSession(false);
			this.world.pass(Duration.ofSeconds(20));
			request.getSession(false).setAttribute("late", "change");
		});
		assertThat(this.world.record(id()).attributes()).containsOnlyKeys("user", "late");
	}

}
