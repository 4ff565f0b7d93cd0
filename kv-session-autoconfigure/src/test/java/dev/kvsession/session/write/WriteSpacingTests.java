package dev.kvsession.session.write;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class WriteSpacingTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final World world = new World();

	private final Instance app = this.world.instance();

	private void assertSpaced(String id) {
		List<KvCall> writes = this.world.writesOf(id);
		assertThat(writes).allMatch((write) -> write.status() == 200);
		for (int i = 1; i < writes.size(); i++) {
			assertThat(Duration.between(writes.get(i - 1).at(), writes.get(i).at())).isGreaterThanOrEqualTo(SECOND);
		}
	}

	@Test
	@DisplayName("P6 two writes of one key begin at least a second apart, create, change, rename and delete alike")
	void oneWriteASecond() {
		Instance app = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		String id = app.login((session) -> session.setAttribute("a", "0"));
		for (int i = 1; i < 5; i++) {
			app.change(id, "a", i);
		}
		KvSession session = app.find(id);
		session.changeSessionId();
		app.save(session);
		app.delete(session.getId());
		this.world.settle();
		assertSpaced(id);
		assertSpaced(session.getId());
		assertThat(this.world.writesOf(id)).hasSize(6);
		assertThat(this.world.writesOf(session.getId())).hasSize(2);
	}

	@Test
	@DisplayName("P6 the second counts from the answer")
	void countsFromTheAnswer() {
		String id = this.app.login((session) -> session.setAttribute("a", "0"));
		this.world.pass(SECOND);
		this.world.faults().next(1, KvFault.delayed(Duration.ofSeconds(4)), KvCallKind.PUT);
		this.app.change(id, "a", "1");
		this.app.change(id, "a", "2");
		this.world.pass(SECOND);
		List<KvCall> writes = this.world.writesOf(id);
		assertThat(Duration.between(writes.get(1).at(), writes.get(2).at())).isGreaterThan(Duration.ofSeconds(5));
	}

	@Test
	@DisplayName("P6 changes made within the second become one write")
	void changesWithinASecondAreOneWrite() {
		String id = this.app.login((session) -> {
		});
		this.world.pass(Duration.ofSeconds(2));
		int[] saved = new int[1];
		for (int i = 0; i < 10; i++) {
			KvSession session = this.app.find(id);
			session.setAttribute("a" + i, i);
			this.world.time().schedule(() -> {
				this.app.save(session);
				saved[0]++;
			}, Duration.ofMillis(50 * i));
		}
		this.world.pass(Duration.ofSeconds(10));
		assertThat(saved[0]).isEqualTo(10);
		assertThat(this.world.writesOf(id)).hasSize(3);
		assertThat(this.world.record(id).attributes()).hasSize(10);
		assertSpaced(id);
	}

	@Test
	@DisplayName("P6 sessions do not wait for each other")
	void sessionsAreIndependent() {
		Instant start = this.world.now();
		for (int i = 0; i < 10; i++) {
			this.app.login((session) -> {
			});
		}
		assertThat(Duration.between(start, this.world.now())).isLessThan(SECOND);
	}

	@Test
	@DisplayName("P6 a failed write does not stop those that wait")
	void failureDoesNotBlockTheLane() {
		String id = this.app.login((session) -> session.setAttribute("a", "0"));
		this.world.pass(Duration.ofSeconds(2));
		KvSession failing = this.app.find(id);
		failing.setAttribute("a", "1");
		KvSession waiting = this.app.find(id);
		waiting.setAttribute("b", "1");
		this.world.faults().next(1, KvFault.error(400, 10012, "invalid request body"), KvCallKind.PUT);
		this.world.during(KvCallKind.PUT, () -> this.app.save(waiting));
		try {
			this.app.save(failing);
		}
		catch (RuntimeException ex) {
			this.world.settle();
		}
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a", "b");
		assertThat(this.world.record(id).attributes().get("a").raw()).isEqualTo("\"0\"");
	}

}
