package dev.kvsession.session.write;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class CoalesceTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	private final String id = this.app.login((session) -> session.setAttribute("a", "0"));

	private void set(Instance instance, String name, String value) {
		KvSession session = instance.find(this.id);
		session.setAttribute(name, value);
		instance.save(session);
	}

	@Test
	@DisplayName("P3 the first change in a second is in KV when save returns; a further one is seen here and written at its end")
	void furtherChange() {
		this.world.pass(Duration.ofSeconds(2));
		set(this.app, "a", "1");
		assertThat(this.world.record(this.id).attributes().get("a").raw()).contains("1");
		Instant before = this.world.now();
		set(this.app, "a", "2");
		assertThat(this.world.now()).isEqualTo(before);
		assertThat(this.app.find(this.id).<String>getAttribute("a")).isEqualTo("2");
		assertThat(this.world.record(this.id).attributes().get("a").raw()).contains("1");
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.record(this.id).attributes().get("a").raw()).contains("2");
		this.world.assertWritesAreSpaced();
	}

	@Test
	@DisplayName("P3 a change beside the write of the last access is in KV when save returns")
	void changeBesideATouch() {
		this.world.pass(Duration.ofMinutes(80));
		this.app.request(this.id, (session) -> {
		});
		this.world.pass(Duration.ofMillis(500));
		set(this.app, "a", "1");
		assertThat(this.world.record(this.id).attributes().get("a").raw()).contains("1");
		this.world.assertWritesAreSpaced();
	}

	@Test
	@DisplayName("P6 many changes within the second are one write")
	void oneWrite() {
		for (int i = 0; i < 50; i++) {
			set(this.app, "n" + i, "x");
		}
		this.world.settle();
		assertThat(this.world.writesOf(this.id)).hasSize(2);
		assertThat(this.world.record(this.id).attributes()).hasSize(51);
		assertThat(this.app.repository().getStatistics().count(KvSessionEvent.COALESCED_WRITE)).isEqualTo(49);
	}

	@Test
	@DisplayName("P3 in sync mode each save waits for its own write")
	void sync() {
		Instance waiting = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		this.world.settle();
		for (int i = 1; i < 4; i++) {
			set(waiting, "a", "value " + i);
			assertThat(this.world.record(this.id).attributes().get("a").raw()).contains("value " + i);
		}
		this.world.assertWritesAreSpaced();
	}

	@Test
	@DisplayName("P3 an accepted change that KV refuses is given up, counted, and no longer seen")
	void refusedLater() {
		set(this.app, "a", "1");
		this.world.faults().every(KvFault.error(400, 10012, "invalid request body"), KvCallKind.PUT);
		this.world.pass(Duration.ofSeconds(5));
		assertThat(this.app.find(this.id).<String>getAttribute("a")).isEqualTo("0");
		assertThat(this.app.repository().getStatistics().count(KvSessionEvent.DROPPED_WRITE)).isEqualTo(1);
		assertThat(this.app.repository().getPendingBytes()).isZero();
	}

	@Test
	@DisplayName("P3 a flush writes what waits as soon as the second allows")
	void flush() {
		set(this.app, "a", "1");
		assertThat(this.app.repository().flush(Duration.ofSeconds(20))).isZero();
		assertThat(this.world.record(this.id).attributes().get("a").raw()).contains("1");
		this.world.assertWritesAreSpaced();
	}

	@Test
	@DisplayName("P3 a flush in an outage is bounded, and tells how many could not be written")
	void flushInAnOutage() {
		this.world.faults().every(KvFault.status(503));
		for (int i = 0; i < 3; i++) {
			this.app.login((session) -> session.setAttribute("a", "1"));
		}
		this.app.delete(this.id);
		Instant before = this.world.now();
		assertThat(this.app.repository().flush(Duration.ofSeconds(20))).isEqualTo(4);
		assertThat(Duration.between(before, this.world.now())).isBetween(Duration.ofSeconds(20),
				Duration.ofSeconds(21));
		this.world.faults().clear();
		assertThat(this.app.repository().flush(Duration.ofSeconds(20))).isZero();
		assertThat(this.world.truth(this.id)).isNull();
	}

	@Test
	@DisplayName("P6 the PUT of a new id does not wait for the old key's second")
	void renameDoesNotWait() {
		KvSession session = this.app.find(this.id);
		session.changeSessionId();
		Instant before = this.world.now();
		this.app.save(session);
		KvCall put = this.world.writesOf(session.getId()).get(0);
		assertThat(Duration.between(before, put.at())).isLessThan(Duration.ofMillis(500));
		this.world.settle();
		this.world.assertWritesAreSpaced();
		assertThat(this.world.truth(this.id)).isNull();
	}

	@Test
	@DisplayName("P5 ending a session that was never saved makes no call")
	void neverSaved() {
		this.world.settle();
		this.world.settle();
		KvSession session = this.app.create();
		session.changeSessionId();
		this.world.forgetCalls();
		this.app.delete(session.getId());
		this.app.save(session);
		this.world.settle();
		assertThat(this.world.calls()).isEmpty();
		assertThat(this.app.find(session.getId())).isNull();
	}

}
