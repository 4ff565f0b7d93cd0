package dev.kvsession.session.write;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.SessionEngine;
import dev.kvsession.session.World;
import dev.kvsession.session.end.WriteQueues;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptedChangesTests {

	private static final Duration SLOW = Duration.ofSeconds(3);

	private static final Duration STEP = Duration.ofMillis(100);

	private final World world = new World();

	private final SessionEngine app = this.world.instance().sessions(WriteMode.COALESCE);

	private final String id = login();

	private final String other = login();

	private String login() {
		KvSession session = Instance.create(this.app);
		session.setAttribute("a", "0");
		CompletableFuture<Optional<LiveSession>> saved = this.app.save(session.draft(), Duration.ZERO);
		this.world.settle();
		assertThat(saved).isCompleted();
		return session.getId();
	}

	/**
	 * Saves a change without waiting.
	 * @return completes when the change is acknowledged
	 */
	private CompletableFuture<Optional<LiveSession>> set(String id, String name, String value) {
		KvSession session = Instance.open(this.app, this.app.known(id));
		session.setAttribute(name, value);
		return this.app.save(session.draft(), Duration.ZERO);
	}

	private void slow(String id) {
		this.world.faults()
			.every(KvFault.delayed(SLOW), (call) -> call.kind() == KvCallKind.PUT && call.key().contains(id));
	}

	private void pass(Duration duration) {
		this.world.pass(duration);
	}

	private boolean isWritten(String id, String name) {
		return this.world.record(id).attributes().containsKey(name);
	}

	@Test
	@DisplayName("P3 a change is acknowledged early only while the oldest such change is under a second old")
	void lateWrites() {
		slow(this.id);
		set(this.id, "a", "1");
		pass(STEP);
		assertThat(set(this.id, "b", "1")).isCompleted();
		pass(PendingSessions.ON_TIME.minusMillis(1));
		assertThat(set(this.id, "c", "1")).isCompleted();
		pass(Duration.ofMillis(1));
		CompletableFuture<?> late = set(this.id, "d", "1");
		boolean early = late.isDone();
		for (int i = 0; i < 100 && !late.isDone(); i++) {
			pass(STEP);
		}
		assertThat(early).isFalse();
		assertThat(late).isCompleted();
		assertThat(isWritten(this.id, "d")).isTrue();
	}

	@Test
	@DisplayName("P3 late writes of one session make the changes of all others wait for their own, until they are in KV")
	void lateWritesOfAnother() {
		slow(this.other);
		set(this.other, "a", "1");
		pass(STEP);
		assertThat(set(this.other, "b", "1")).isCompleted();
		pass(PendingSessions.ON_TIME);
		set(this.id, "a", "1");
		pass(Duration.ofMillis(500));
		CompletableFuture<?> late = set(this.id, "b", "1");
		assertThat(late).isNotCompleted();
		pass(Duration.ofSeconds(2));
		assertThat(late).isCompleted();
		pass(Duration.ofSeconds(10));
		assertThat(this.app.oldestPendingChange()).isZero();
		set(this.id, "a", "2");
		pass(Duration.ofMillis(500));
		assertThat(set(this.id, "b", "2")).isCompleted();
		pass(STEP);
		assertThat(this.app.oldestPendingChange()).isEqualTo(STEP);
	}

	@Test
	@DisplayName("P11 changes that KV has failed to take make no others wait")
	void deferred() {
		this.world.faults()
			.every(KvFault.status(503), (call) -> call.kind() == KvCallKind.PUT && call.key().contains(this.other));
		set(this.other, "a", "1");
		pass(STEP);
		assertThat(set(this.other, "b", "1")).isCompleted();
		pass(Duration.ofMinutes(2));
		assertThat(this.app.oldestPendingChange()).isEqualTo(Duration.ofMinutes(2));
		set(this.id, "a", "1");
		pass(Duration.ofMillis(500));
		assertThat(set(this.id, "b", "1")).isCompleted();
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.app.oldestPendingChange()).isZero();
		assertThat(this.world.record(this.other).attributes().get("a").raw()).contains("1");
	}

	@Test
	@DisplayName("P11 a change that waits with an accepted one does not wait for the end of the outage")
	void waitsWithAcceptedOne() {
		this.world.faults().every(KvFault.status(503));
		set(this.id, "a", "1");
		set(this.other, "a", "1");
		pass(STEP);
		assertThat(set(this.id, "b", "1")).isCompleted();
		pass(PendingSessions.ON_TIME);
		CompletableFuture<?> late = set(this.id, "c", "1");
		assertThat(late).isNotCompleted();
		pass(Duration.ofSeconds(5));
		assertThat(late).isCompleted();
		this.world.faults().clear();
		this.world.settle();
		assertThat(isWritten(this.id, "c")).isTrue();
	}

	@Test
	@DisplayName("P3 while KV answers, an acknowledged change is at most as old as the write before it, a second, and its own write")
	void bound() {
		Duration call = Duration.ofMillis(900);
		Duration answer = call.plusMillis(100);
		List<CompletableFuture<?>> saved = new ArrayList<>();
		Duration oldest = Duration.ZERO;
		this.world.faults().every(KvFault.delayed(call), KvCallKind.PUT, KvCallKind.BULK_PUT);
		Instant end = this.world.now().plus(Duration.ofSeconds(30));
		for (int i = 0; this.world.now().isBefore(end); i++) {
			saved.add(set((i % 2 == 0) ? this.id : this.other, "a", "value " + i));
			pass(Duration.ofMillis(10));
			Duration age = this.app.oldestPendingChange();
			oldest = (age.compareTo(oldest) > 0) ? age : oldest;
		}
		assertThat(oldest).isBetween(answer, answer.multipliedBy(2).plus(WriteQueues.SPACING));
		this.world.settle();
		assertThat(saved).allSatisfy((change) -> assertThat(change).isCompleted());
		assertThat(this.app.oldestPendingChange()).isZero();
	}

}
