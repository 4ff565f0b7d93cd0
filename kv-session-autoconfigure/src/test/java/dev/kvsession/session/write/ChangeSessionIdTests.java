package dev.kvsession.session.write;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

@EachKv
class ChangeSessionIdTests {

	private final World world;

	private final Instance app;

	ChangeSessionIdTests(TestKv kv) {
		this.world = World.on(kv);
		this.app = this.world.instance();
	}

	private String login() {
		return this.app.login((session) -> session.setAttribute("a", "1"));
	}

	private KvSession renamed(String id) {
		KvSession session = this.app.find(id);
		session.changeSessionId();
		return session;
	}

	@Test
	void theSessionGoesOnUnderItsNewId() {
		String old = login();
		KvSession session = renamed(old);
		this.app.save(session);
		assertThat(session.getId()).isNotEqualTo(old);
		assertThat(this.app.find(old)).isNull();
		assertThat(this.app.find(session.getId()).<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.app.find(session.getId()).getCreationTime()).isEqualTo(session.getCreationTime());
		assertThat(this.world.truth(old)).isNull();
	}

	@Test
	void changesOfTheSameRequestGoAlong() {
		String old = login();
		KvSession session = renamed(old);
		session.setAttribute("b", "2");
		session.removeAttribute("a");
		session.setMaxInactiveInterval(Duration.ofHours(1));
		this.app.save(session);
		KvSession found = this.app.find(session.getId());
		assertThat(found.getAttributeNames()).containsExactly("b");
		assertThat(found.getMaxInactiveInterval()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void twiceBeforeOneSaveLeavesOnlyTheLastId() {
		String old = login();
		KvSession session = renamed(old);
		String between = session.getId();
		session.changeSessionId();
		this.app.save(session);
		assertThat(this.app.find(old)).isNull();
		assertThat(this.app.find(between)).isNull();
		assertThat(this.app.find(session.getId())).isNotNull();
		assertThat(this.world.truth(between)).isNull();
	}

	@Test
	void twiceWithASaveBetweenLeavesOnlyTheLastId() {
		KvSession session = renamed(login());
		this.app.save(session);
		String between = session.getId();
		session.changeSessionId();
		this.app.save(session);
		this.app.save(session);
		assertThat(this.app.find(between)).isNull();
		assertThat(this.app.find(session.getId()).<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.world.storedKeys()).contains("session:" + session.getId()).doesNotContain("session:" + between);
	}

	@Test
	void ofANewSessionNeedsNoOldOne() {
		KvSession session = this.app.create();
		String never = session.getId();
		session.setAttribute("a", "1");
		session.changeSessionId();
		this.app.save(session);
		assertThat(this.app.find(session.getId()).<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.app.find(never)).isNull();
		assertThat(this.world.calls(KvCallKind.PUT, KvCallKind.DELETE)).hasSize(1);
	}

	@Test
	@DisplayName("P3 the new id is acknowledged before the marker and the delete of the old one")
	void newIdFirst() {
		String old = login();
		this.world.pass(Duration.ofSeconds(2));
		this.world.forgetCalls();
		KvSession session = renamed(old);
		this.app.save(session);
		List<KvCall> calls = this.world.calls();
		assertThat(calls).extracting(KvCall::kind)
			.containsExactly(KvCallKind.BULK_GET, KvCallKind.PUT, KvCallKind.PUT, KvCallKind.DELETE);
		assertThat(calls.get(0).keys()).containsExactlyInAnyOrder("session-gone:" + old, "session-renamed:" + old);
		assertThat(calls.subList(1, 4)).extracting(KvCall::key)
			.containsExactly("session:" + session.getId(), "session-renamed:" + old, "session:" + old);
		assertThat(calls.get(2).at()).isAfter(calls.get(1).at());
	}

	@Test
	@DisplayName("P5 of a session that has been deleted writes nothing")
	void ofADeletedSession() {
		String old = login();
		KvSession session = renamed(old);
		this.app.delete(old);
		this.world.forgetCalls();
		this.app.save(session);
		assertThat(this.app.find(session.getId())).isNull();
		assertThat(this.world.truth(session.getId())).isNull();
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
	}

	@Test
	@DisplayName("P5 of two concurrent changes of id the first wins, and the second's id does not exist")
	void ofTwoTheFirstWins() {
		String old = login();
		KvSession first = renamed(old);
		KvSession second = renamed(old);
		this.app.save(first);
		this.app.save(second);
		assertThat(this.app.find(old)).isNull();
		assertThat(this.app.find(first.getId())).isNotNull();
		assertThat(this.app.find(second.getId())).isNull();
		assertThat(this.world.truth(second.getId())).isNull();
	}

	@Test
	@DisplayName("P5 two changes of id that overlap leave one id")
	void ofTwoThatOverlapOneWins() {
		String old = login();
		KvSession first = renamed(old);
		KvSession second = renamed(old);
		this.world.during(KvCallKind.PUT, () -> this.app.save(second));
		this.app.save(first);
		this.world.settle();
		assertThat(this.world.storedKeys()).filteredOn((key) -> key.startsWith("session:"))
			.containsExactly("session:" + first.getId());
		assertThat(this.app.find(second.getId())).isNull();
	}

	@Test
	@DisplayName("P5 a logout during a change of id ends the new id, too")
	void deleteDuringChangeOfId() {
		String old = login();
		this.world.pass(Duration.ofSeconds(2));
		KvSession session = renamed(old);
		this.world.during(KvCallKind.PUT, () -> this.app.delete(old));
		this.app.save(session);
		this.world.settle();
		assertThat(this.app.find(old)).isNull();
		assertThat(this.app.find(session.getId())).isNull();
		assertThat(this.world.storedKeys()).noneMatch((key) -> key.startsWith("session:"));
	}

	@Test
	@DisplayName("P5 after a change of id a stale KV never brings the old id back")
	void staleReadsOfTheOldId() {
		String old = login();
		String record = this.world.truth(old);
		KvSession session = renamed(old);
		this.app.save(session);
		this.world.store(old, record);
		for (int i = 0; i < 20; i++) {
			this.world.pass(Duration.ofMinutes(1));
			assertThat(this.app.find(old)).isNull();
		}
	}

	@Test
	@DisplayName("P4 a change that waits when the id changes goes along")
	void waitingChangeGoesAlong() {
		String old = login();
		KvSession other = this.app.find(old);
		other.setAttribute("b", "2");
		KvSession session = renamed(old);
		this.world.time().schedule(() -> this.app.save(session), Duration.ofMillis(100));
		this.app.save(other);
		this.world.settle();
		KvSession found = this.app.find(session.getId());
		assertThat(found.getAttributeNames()).containsExactlyInAnyOrder("a", "b");
	}

}
