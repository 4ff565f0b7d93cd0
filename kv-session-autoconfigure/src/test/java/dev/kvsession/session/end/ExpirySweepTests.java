package dev.kvsession.session.end;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that nobody asks for any more: who counts a user's sessions has to learn of
 * their end.
 */
class ExpirySweepTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(30);

	private final World world = new World();

	private final Consumer<KvSessionRepository> setup = (repository) -> repository
		.setDefaultMaxInactiveInterval(TIMEOUT);

	private final Instance app = this.world.instance(this.setup);

	private String login() {
		return this.app.login((session) -> session.setAttribute("user", "octocat"));
	}

	private List<String> expired() {
		return this.app.events(SessionExpiredEvent.class).stream().map(SessionExpiredEvent::getSessionId).toList();
	}

	@Test
	@DisplayName("P7 the end of a session that nobody asks for is published, with its attributes")
	void published() {
		String id = login();
		this.world.pass(TIMEOUT.minusSeconds(1));
		assertThat(expired()).isEmpty();
		this.world.pass(Duration.ofMinutes(2));
		assertThat(expired()).containsExactly(id);
		SessionExpiredEvent event = this.app.events(SessionExpiredEvent.class).get(0);
		assertThat(event.<KvSession>getSession().<String>getAttribute("user")).isEqualTo("octocat");
		this.world.pass(Duration.ofHours(3));
		assertThat(this.app.find(id)).isNull();
		assertThat(expired()).hasSize(1);
	}

	@Test
	@DisplayName("P7 a session that another instance uses is not published as expired before its end there")
	void usedElsewhere() {
		String id = login();
		Instance other = this.world.instance(this.setup);
		this.world.pass(Duration.ofMinutes(20));
		other.change(id, "used", "1");
		this.world.pass(Duration.ofMinutes(25));
		assertThat(expired()).isEmpty();
		assertThat(this.app.find(id)).isNotNull();
		this.world.pass(TIMEOUT.plusMinutes(2));
		assertThat(expired()).containsExactly(id);
	}

	@Test
	@DisplayName("P1 sessions that expire about the same time are read again in one call")
	void together() {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			ids.add(login());
		}
		this.world.pass(TIMEOUT.minusMinutes(5));
		this.world.forgetCalls();
		this.world.pass(Duration.ofMinutes(8));
		assertThat(expired()).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(this.world.calls()).hasSizeLessThanOrEqualTo(2);
		this.world.forgetCalls();
		this.world.pass(Duration.ofDays(1));
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P8 while KV cannot be asked no session is published as expired")
	void outage() {
		String id = login();
		this.world.settle();
		this.world.faults().every(KvFault.status(503));
		this.world.pass(TIMEOUT.plusMinutes(10));
		assertThat(expired()).isEmpty();
		this.world.faults().clear();
		this.world.pass(Duration.ofMinutes(5));
		assertThat(expired()).containsExactly(id);
	}

	@Test
	@DisplayName("P8 the end of a session that KV has never taken is published once KV can be asked")
	void madeInOutage() {
		this.world.faults().every(KvFault.status(503));
		String id = login();
		this.world.pass(TIMEOUT.plusMinutes(10));
		assertThat(expired()).isEmpty();
		this.world.faults().clear();
		this.world.pass(Duration.ofMinutes(5));
		assertThat(expired()).containsExactly(id);
	}

	@Test
	@DisplayName("P5 a session that was logged out is not published as expired; one that is not held is not published")
	void loggedOut() {
		String id = login();
		this.app.delete(id);
		this.world.pass(TIMEOUT.plusMinutes(5));
		assertThat(expired()).isEmpty();
		assertThat(this.app.events(SessionDeletedEvent.class)).hasSize(1);
		String elsewhere = this.world.instance(this.setup).login((session) -> {
		});
		this.app.delete(elsewhere);
		assertThat(this.app.events(SessionDeletedEvent.class)).hasSize(1);
	}

	@Test
	@DisplayName("P13 where nobody wants to know of ends nothing is read")
	void nobodyWantsToKnow() {
		KvSessionRepository quiet = new KvSessionRepository(this.app.engine(), this.app.runtime(), World.CODEC);
		quiet.setDefaultMaxInactiveInterval(TIMEOUT);
		quiet.save(quiet.createSession());
		this.world.settle();
		this.world.forgetCalls();
		this.world.pass(Duration.ofHours(2));
		assertThat(this.world.calls()).isEmpty();
	}

}
