package dev.kvsession.session.end;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

@EachKv
class DeleteTests {

	private final World world;

	private final Instance app;

	DeleteTests(TestKv kv) {
		this.world = World.on(kv);
		this.app = this.world.instance();
	}

	private String login() {
		return this.app.login((session) -> session.setAttribute("a", "1"));
	}

	@Test
	@DisplayName("P5 a deleted session is gone here and in KV when the call returns")
	void isGone() {
		String id = login();
		this.app.delete(id);
		assertThat(this.app.find(id)).isNull();
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P5 the gone marker is written once, before the delete, for a day at most")
	void markerFirst() {
		String id = login();
		this.world.pass(Duration.ofSeconds(2));
		this.world.forgetCalls();
		this.app.delete(id);
		this.app.delete(id);
		this.world.settle();
		List<KvCall> calls = this.world.calls();
		assertThat(calls).extracting(KvCall::kind).containsExactly(KvCallKind.PUT, KvCallKind.DELETE);
		assertThat(calls).extracting(KvCall::key).containsExactly("session-gone:" + id, "session:" + id);
		assertThat(calls.get(0).ttl("session-gone:" + id)).isEqualTo(86_400);
	}

	@Test
	@DisplayName("P5 the gone marker lives as long as the session could be in use elsewhere")
	void markerOfAShortSession() {
		String id = this.app.login((session) -> session.setMaxInactiveInterval(Duration.ofMinutes(10)));
		this.world.pass(Duration.ofMinutes(4));
		this.app.delete(id);
		assertThat(this.world.markersOf(id)).hasSize(1);
		assertThat(this.world.markersOf(id).get(0).ttl("session-gone:" + id)).isEqualTo(600L);
	}

	@Test
	@DisplayName("P5 deleting reads nothing, whatever is stored")
	void neverReads() {
		String id = new SecureSessionIdGenerator().generate();
		this.world.store(id, "{ this is no record");
		this.app.delete(id);
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.world.calls(KvCallKind.BULK_GET)).isEmpty();
	}

	@Test
	void deletingWhatIsNotThereIsNoError() {
		String id = new SecureSessionIdGenerator().generate();
		this.app.delete(id);
		this.app.delete(id);
		this.world.settle();
		assertThat(this.world.calls(KvCallKind.DELETE)).isNotEmpty();
		assertThat(this.app.find(id)).isNull();
	}

	@Test
	@DisplayName("P5 a stale KV does not bring a deleted session back, neither to find nor to save")
	void staleReads() {
		String id = login();
		KvSession earlier = this.app.find(id);
		String record = this.world.truth(id);
		this.app.delete(id);
		this.world.store(id, record);
		this.world.forgetCalls();
		earlier.setAttribute("late", "x");
		this.app.save(earlier);
		for (int i = 0; i < 100; i++) {
			assertThat(this.app.find(id)).isNull();
			this.world.pass(Duration.ofMinutes(10));
		}
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P5 saving after the delete is silent and writes nothing, however often")
	void saveAfterDelete() {
		String id = login();
		KvSession session = this.app.find(id);
		this.app.delete(id);
		this.world.forgetCalls();
		this.app.save(session);
		session.setAttribute("b", "2");
		session.setLastAccessedTime(this.world.now().plus(Duration.ofHours(3)));
		this.app.save(session);
		this.app.save(session);
		this.world.settle();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P5 a session that was deleted before it was saved is not created afterwards")
	void saveOfANewSessionAfterDelete() {
		KvSession session = this.app.create();
		session.setAttribute("a", "1");
		this.app.delete(session.getId());
		this.app.save(session);
		assertThat(this.app.find(session.getId())).isNull();
		assertThat(this.world.truth(session.getId())).isNull();
		assertThat(this.app.events(Object.class)).isEmpty();
	}

	@Test
	@DisplayName("P5 a delete waits for the write in flight and wins")
	void deleteDuringWrite() {
		String id = login();
		this.world.pass(Duration.ofSeconds(2));
		this.world.during(KvCallKind.PUT, () -> this.app.delete(id));
		this.app.change(id, "b", "2");
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.world.hasMarker(id)).isTrue();
		assertThat(this.world.writesOf(id)).extracting(KvCall::kind)
			.containsExactly(KvCallKind.PUT, KvCallKind.PUT, KvCallKind.DELETE);
	}

	@Test
	@DisplayName("P5 a delete drops the changes that wait")
	void deleteDropsWaitingChanges() {
		String id = login();
		KvSession session = this.app.find(id);
		session.setAttribute("b", "2");
		this.world.time().schedule(() -> this.app.delete(id), Duration.ofMillis(10));
		this.app.save(session);
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.world.writesOf(id)).extracting(KvCall::kind).containsExactly(KvCallKind.PUT, KvCallKind.DELETE);
	}

	@Test
	@DisplayName("P5 a delete while the session is being read for a change wins")
	void deleteDuringReadBeforeWrite() {
		String id = login();
		this.world.pass(Duration.ofSeconds(20));
		KvSession session = this.app.find(id);
		session.setAttribute("b", "2");
		this.world.during(KvCallKind.BULK_GET, () -> this.app.delete(id));
		this.app.save(session);
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.world.writesOf(id)).extracting(KvCall::kind).containsExactly(KvCallKind.PUT, KvCallKind.DELETE);
	}

	@Test
	@DisplayName("P5 a delete while the session is being read is not undone by what the read returns")
	void deleteDuringRead() {
		String id = login();
		this.world.pass(Duration.ofMinutes(1));
		this.world.during(KvCallKind.BULK_GET, () -> this.app.delete(id));
		this.app.find(id);
		this.world.settle();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.world.truth(id)).isNull();
	}

}
