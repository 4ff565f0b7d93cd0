package dev.kvsession.session.index;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.session.events.SessionDeletedEvent;

import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Signing out everywhere, with a KV whose listing is a minute late.
 */
class SignOutTests {

	private static final Duration LAST_LISTING = Duration.ofSeconds(246);

	private final World world = new World();

	private final Instance one = this.world.indexed();

	private final Instance two = this.world.indexed();

	private UserSessions here() {
		return this.two.indexed().getUserSessions();
	}

	@Test
	@DisplayName("P5 all sessions of a user end at once where they are known, and no other user's")
	void all() {
		String first = this.two.login(UserIndexTests.as("ada"));
		String second = this.one.login(UserIndexTests.as("ada"));
		String other = this.one.login(UserIndexTests.as("adam"));
		this.world.settle();
		assertThat(here().endAll("ada")).isEqualTo(2);
		assertThat(this.world.truth(first)).isNull();
		assertThat(this.world.truth(second)).isNull();
		assertThat(this.two.find(second)).isNull();
		this.world.settle();
		assertThat(this.one.find(first)).isNull();
		assertThat(this.one.find(second)).isNull();
		assertThat(this.one.find(other)).isNotNull();
		assertThat(this.two.events(SessionDeletedEvent.class)).hasSize(2);
	}

	@Test
	@DisplayName("P5 a session that began a moment before elsewhere ends when KV lists it")
	void notListedYet() {
		String id = this.one.login(UserIndexTests.as("ada"));
		assertThat(here().endAll("ada")).isZero();
		assertThat(this.one.find(id)).isNotNull();
		this.world.pass(LAST_LISTING);
		this.world.settle();
		assertThat(this.one.find(id)).isNull();
		assertThat(this.world.storedKeys()).noneMatch((key) -> key.contains(id) && key.startsWith("session:"));
	}

	@Test
	@DisplayName("P5 so it does if the instance of the login stops at once")
	void instanceOfTheLoginDies() {
		String id = this.one.login(UserIndexTests.as("ada"));
		this.one.crash();
		here().endAll("ada");
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.world.indexed().find(id)).isNull();
	}

	@Test
	@DisplayName("P5 a session that is used and changed meanwhile ends all the same")
	void inUse() {
		String id = this.one.login(UserIndexTests.as("ada"));
		here().endAll("ada");
		for (int i = 0; i < 6; i++) {
			this.world.pass(Duration.ofSeconds(20));
			KvSession session = this.one.find(id);
			if (session != null) {
				session.setAttribute("i", i);
				id = (i % 2 == 0) ? session.changeSessionId() : id;
				this.one.save(session);
			}
		}
		this.world.pass(LAST_LISTING);
		this.world.settle();
		assertThat(this.one.find(id)).isNull();
		assertThat(this.world.storedKeys()).noneMatch((key) -> key.startsWith("session:") || key.startsWith("user"));
	}

	@Test
	@DisplayName("P5 the current session stays while another request is changing its id")
	void changesItsId() {
		String id = this.two.login(UserIndexTests.as("ada"));
		this.world.settle();
		KvSession session = this.two.find(id);
		String next = session.changeSessionId();
		this.world.during(KvCallKind.BULK_PUT, () -> here().endOthers("ada", id));
		this.two.save(session);
		this.world.pass(LAST_LISTING);
		this.world.settle();
		assertThat(this.two.find(next)).isNotNull();
	}

	@Test
	@DisplayName("a login after the sign-out lives, also in a session that a visitor had before")
	void loginAfterwards() {
		String visitor = this.one.login((session) -> session.setAttribute("cart", "x"));
		this.world.pass(Duration.ofMinutes(10));
		here().endAll("ada");
		this.world.pass(Duration.ofSeconds(10));
		String fresh = this.one.login(UserIndexTests.as("ada"));
		KvSession session = this.one.find(visitor);
		UserIndexTests.as("ada").accept(session);
		String id = session.changeSessionId();
		this.one.save(session);
		this.world.pass(LAST_LISTING);
		this.world.settle();
		assertThat(this.one.find(fresh)).isNotNull();
		assertThat(this.one.find(id)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { -40, 40 })
	@DisplayName("P5 the time of a login is KV's, whatever the instance's clock says")
	void wrongClock(long seconds) {
		Instance wrong = this.world.indexed(Duration.ofSeconds(seconds), (repository) -> {
		});
		wrong.login(UserIndexTests.as("bob"));
		String before = wrong.login(UserIndexTests.as("ada"));
		this.world.pass(Duration.ofSeconds(8));
		here().list("ada");
		here().endAll("ada");
		this.world.pass(Duration.ofSeconds(12));
		String after = wrong.login(UserIndexTests.as("ada"));
		this.world.pass(LAST_LISTING);
		this.world.settle();
		assertThat(this.world.truth(before)).isNull();
		assertThat(this.world.truth(after)).isNotNull();
	}

	@Test
	@DisplayName("P5 all others end, and the current session stays, though it changes its id elsewhere")
	void others() {
		String current = this.two.login(UserIndexTests.as("ada"));
		String early = this.one.login(UserIndexTests.as("ada"));
		this.world.settle();
		String late = this.one.login(UserIndexTests.as("ada"));
		assertThat(here().endOthers("ada", current)).isEqualTo(1);
		KvSession session = this.one.find(current);
		String next = session.changeSessionId();
		this.one.save(session);
		this.world.pass(LAST_LISTING);
		this.world.settle();
		assertThat(this.one.find(next)).isNotNull();
		assertThat(this.one.find(early)).isNull();
		assertThat(this.one.find(late)).isNull();
	}

	@Test
	@DisplayName("P5 the current session stays if it began on this instance and changed its id on another one before")
	void othersAfterAChangeOfId() {
		this.world.pass(Duration.ofNanos(1_234_567));
		String first = this.two.login(UserIndexTests.as("ada"));
		KvSession session = shown(this.one, first);
		String current = session.changeSessionId();
		this.one.save(session);
		shown(this.two, current);
		here().endOthers("ada", current);
		this.world.settle();
		assertThat(this.one.find(current)).isNotNull();
	}

	@Test
	@DisplayName("P5 the current session stays if another request has just changed its id")
	void othersByAFormerId() {
		String former = this.two.login(UserIndexTests.as("ada"));
		KvSession session = this.two.find(former);
		String current = session.changeSessionId();
		this.two.save(session);
		here().endOthers("ada", former);
		this.world.settle();
		assertThat(this.two.find(current)).isNotNull();
	}

	private KvSession shown(Instance instance, String id) {
		KvSession found = instance.find(id);
		for (int i = 0; i < 60 && found == null; i++) {
			this.world.pass(Duration.ofSeconds(2));
			found = instance.find(id);
		}
		assertThat(found).isNotNull();
		return found;
	}

	@Test
	@DisplayName("P5 all others end if this instance has never seen the current session")
	void othersOfAnUnknown() {
		String current = this.one.login(UserIndexTests.as("ada"));
		String other = this.one.login(UserIndexTests.as("ada"));
		this.world.settle();
		here().endOthers("ada", current);
		this.world.settle();
		assertThat(this.one.find(current)).isNotNull();
		assertThat(this.one.find(other)).isNull();
	}

	@Test
	@DisplayName("one session ends by its handle; another user's does not, at the same price as one that does not exist")
	void byHandle() {
		String own = this.one.login(UserIndexTests.as("ada"));
		String foreign = this.one.login(UserIndexTests.as("bob"));
		this.world.settle();
		this.world.forgetCalls();
		assertThat(here().end("ada", UserSession.handleOf(foreign))).isFalse();
		int calls = this.world.calls().size();
		assertThat(here().end("ada", UserSession.handleOf("nobody's"))).isFalse();
		assertThat(this.world.calls()).hasSize(2 * calls);
		assertThat(here().end("ada", "not a handle")).isFalse();
		assertThat(here().end("ada", UserSession.handleOf(own))).isTrue();
		assertThat(here().end("ada", UserSession.handleOf(own))).isFalse();
		this.world.settle();
		assertThat(this.one.find(own)).isNull();
		assertThat(this.one.find(foreign)).isNotNull();
	}

	@Test
	@DisplayName("P1 a sign-out lists five times; ten in a row do not list fifty times")
	void price() {
		here().endAll("ada");
		this.world.settle();
		assertThat(this.world.calls(KvCallKind.LIST)).hasSize(5);
		this.world.forgetCalls();
		for (int i = 0; i < 10; i++) {
			here().endAll("ada");
			this.world.pass(Duration.ofSeconds(2));
		}
		this.world.settle();
		assertThat(this.world.calls(KvCallKind.LIST)).hasSizeLessThan(20);
	}

	@Test
	@DisplayName("P11 a sign-out goes on after an outage")
	void outage() {
		String id = this.one.login(UserIndexTests.as("ada"));
		this.world.pass(Duration.ofSeconds(2));
		here().endAll("ada");
		this.world.pass(Duration.ofSeconds(5));
		this.world.faults().every(KvFault.status(503));
		this.world.pass(Duration.ofMinutes(6));
		this.world.faults().clear();
		this.world.settle();
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P5 P11 while KV is down, the sessions that are known here end at once, the others when KV is back")
	void endsWhatIsKnownInAnOutage() {
		String elsewhere = this.one.login(UserIndexTests.as("ada"));
		this.world.settle();
		String here = this.two.login(UserIndexTests.as("ada"));
		this.world.faults().every(KvFault.status(503));
		assertThatThrownBy(() -> here().endAll("ada")).isInstanceOf(KvException.class);
		assertThat(this.two.find(here)).isNull();
		this.world.pass(Duration.ofMinutes(2));
		this.world.faults().clear();
		this.world.settle();
		this.world.settle();
		assertThat(this.world.truth(here)).isNull();
		assertThat(this.world.truth(elsewhere)).isNull();
	}

	@Test
	@DisplayName("P5 the daily quota of listings being used up does not keep known sessions alive")
	void withoutListings() {
		String here = this.two.login(UserIndexTests.as("ada"));
		this.world.faults().every(KvFault.quotaExhausted(), KvCallKind.LIST);
		assertThatThrownBy(() -> here().endAll("ada")).isInstanceOf(KvException.class);
		assertThat(this.two.find(here)).isNull();
		assertThat(this.world.truth(here)).isNull();
	}

	@Test
	@DisplayName("P5 a listener of events that fails does not keep other sessions alive")
	void failingListener() {
		Instance listening = this.world.indexed((repository) -> repository.setApplicationEventPublisher((event) -> {
			if (event instanceof SessionDeletedEvent) {
				throw new IllegalStateException("a listener");
			}
		}));
		List<String> ids = List.of(listening.login(UserIndexTests.as("ada")),
				listening.login(UserIndexTests.as("ada")));
		assertThat(listening.indexed().getUserSessions().endAll("ada")).isEqualTo(2);
		assertThat(ids).allMatch((id) -> this.world.truth(id) == null);
	}

	@Test
	@DisplayName("P5 a sign-out of the user before does not end the session of the user who followed under a new id")
	void followedByAnother() {
		String id = this.one.login(UserIndexTests.as("ada"));
		this.world.settle();
		KvSession session = this.one.find(id);
		UserIndexTests.as("bob").accept(session);
		String next = session.changeSessionId();
		this.one.save(session);
		this.world.pass(Duration.ofMinutes(2));
		here().endAll("ada");
		this.world.settle();
		assertThat(this.one.find(next)).isNotNull();
	}

	@Test
	@DisplayName("P5 the current session stays although its login was not at a whole millisecond")
	void othersWithinAMillisecond() {
		this.world.pass(Duration.ofNanos(123_456));
		String current = this.two.login(UserIndexTests.as("ada"));
		here().endOthers("ada", current);
		this.world.pass(Duration.ofSeconds(30));
		KvSession session = this.one.find(current);
		String next = (session != null) ? session.changeSessionId() : current;
		if (session != null) {
			this.one.save(session);
		}
		this.world.settle();
		this.world.settle();
		assertThat(this.one.find(next)).isNotNull();
	}

	@Test
	@DisplayName("an entry without a record is removed once KV would show the record")
	void leftEntries() {
		String id = this.one.login(UserIndexTests.as("ada"));
		this.world.settle();
		this.world.remove(id);
		this.world.settle();
		this.world.settle();
		this.world.indexed().indexed().getUserSessions().list("ada");
		this.world.settle();
		assertThat(this.world.storedKeys()).noneMatch((key) -> key.startsWith("user-sessions"));
	}

	@Test
	@DisplayName("P5 sessions whose record cannot be read end, too")
	void unreadable() {
		String id = this.one.login(UserIndexTests.as("ada"));
		this.world.settle();
		this.world.store(id, "{\"schema\":1,");
		this.world.settle();
		assertThat(this.world.indexed().indexed().getUserSessions().endAll("ada")).isEqualTo(1);
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("a session that another user has taken over by a new login stays")
	void takenOver() {
		String id = this.one.login(UserIndexTests.as("ada"));
		this.world.settle();
		this.one.request(id, UserIndexTests.as("bob"));
		this.world.settle();
		assertThat(here().endAll("ada")).isZero();
		this.world.settle();
		assertThat(this.one.find(id)).isNotNull();
		assertThat(List.copyOf(here().list("bob"))).hasSize(1);
	}

}
