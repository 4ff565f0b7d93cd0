package dev.kvsession.session.end;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deletes that KV does not take, or takes without saying so.
 */
@EachKv
class DeleteFaultsTests {

	private final World world;

	private final Instance app;

	DeleteFaultsTests(TestKv kv) {
		this.world = World.on(kv);
		this.app = this.world.instance();
	}

	private String login() {
		return this.app.login((session) -> session.setAttribute("a", "1"));
	}

	@Test
	@DisplayName("P5 a delete that KV does not take holds here, and is repeated until KV takes it")
	void failingDelete() {
		String id = login();
		this.world.faults().every(KvFault.status(503), KvCallKind.DELETE);
		this.app.delete(id);
		assertThat(this.app.find(id)).isNull();
		this.world.pass(Duration.ofHours(3));
		assertThat(this.world.truth(id)).isNotNull();
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		this.world.forgetCalls();
		this.world.pass(Duration.ofHours(30));
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P5 the repeated delete gives up when the session would have ended")
	void failingDeleteEndsWithTheSession() {
		String id = this.app.login((session) -> session.setMaxInactiveInterval(Duration.ofMinutes(10)));
		this.world.faults().every(KvFault.status(503));
		this.app.delete(id);
		this.world.pass(Duration.ofMinutes(20));
		this.world.forgetCalls();
		this.world.pass(Duration.ofHours(2));
		assertThat(this.world.calls(KvCallKind.PUT, KvCallKind.DELETE)).isEmpty();
	}

	@Test
	@DisplayName("P5 a logout while a write of the session waits to be repeated writes its marker all the same")
	void writeWaitsToBeRepeated() {
		String id = login();
		this.world.pass(Duration.ofSeconds(2));
		KvSession session = this.app.find(id);
		session.setAttribute("a", "2");
		this.world.faults().every(KvFault.keyWrittenTooOften(), KvCallKind.PUT);
		this.world.during(KvCallKind.PUT, () -> {
			this.world.pass(Duration.ofMillis(500));
			this.world.faults().clear();
			this.app.delete(id);
			assertThat(this.world.hasMarker(id)).isTrue();
		});
		this.app.save(session);
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.world.hasMarker(id)).isTrue();
	}

	@Test
	@DisplayName("P5 a marker that cannot be written does not keep the record alive")
	void failingMarker() {
		String id = login();
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		this.app.delete(id);
		assertThat(this.world.truth(id)).isNull();
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.hasMarker(id)).isTrue();
	}

	@Test
	@DisplayName("P5 a delete whose answer was lost ends with the record gone")
	void lostAnswer() {
		String id = login();
		this.world.pass(Duration.ofSeconds(2));
		this.world.faults().next(1, KvFault.lostAfterWrite(), KvCallKind.DELETE);
		this.app.delete(id);
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.app.find(id)).isNull();
	}

	@Test
	@DisplayName("P5 while the token is blocked nothing more is sent, and the delete follows when the block is over")
	void blockedToken() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.pass(Duration.ofSeconds(2));
		this.world.forgetCalls();
		this.world.faults().every(KvFault.throttled(Duration.ofMinutes(5)));
		this.app.delete(id);
		this.world.pass(Duration.ofMinutes(4));
		assertThat(this.world.calls()).hasSize(1);
		this.world.faults().clear();
		this.world.pass(Duration.ofMinutes(2));
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.app.find(id)).isNull();
	}

}
