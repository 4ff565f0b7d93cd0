package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several instances over one KV.
 */
@EachKv
class InstancesTests {

	private final World world;

	private final Instance one;

	private final Instance two;

	InstancesTests(TestKv kv) {
		this.world = World.on(kv);
		this.one = this.world.instance();
		this.two = this.world.instance();
	}

	@Test
	@DisplayName("P3 a session written by one instance is read by a second, and survives a restart of both")
	void survivesRestarts() {
		String id = this.one.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		assertThat(this.two.find(id).<String>getAttribute("a")).isEqualTo("1");
		this.one.crash();
		this.two.crash();
		assertThat(this.world.instance().find(id).<String>getAttribute("a")).isEqualTo("1");
	}

	@Test
	@DisplayName("P4 changes of two instances one after the other both survive")
	void oneAfterTheOther() {
		String id = this.one.login((session) -> session.setAttribute("a", "old"));
		this.world.settle();
		this.two.change(id, "b", "two");
		this.world.settle();
		this.one.change(id, "a", "one");
		this.world.settle();
		this.two.change(id, "c", "two");
		for (Instance instance : new Instance[] { this.two, this.world.instance() }) {
			this.world.settle();
			KvSession found = instance.find(id);
			assertThat(found.<String>getAttribute("a")).isEqualTo("one");
			assertThat(found.<String>getAttribute("b")).isEqualTo("two");
			assertThat(found.<String>getAttribute("c")).isEqualTo("two");
		}
	}

	@Test
	@DisplayName("P4 an attribute removed on one instance is not brought back by a change on another")
	void removalElsewhere() {
		String id = this.one.login((session) -> {
			session.setAttribute("a", "1");
			session.setAttribute("b", "1");
		});
		this.world.settle();
		this.two.find(id).<String>getAttribute("a");
		this.one.change(id, "a", null);
		this.world.settle();
		this.two.change(id, "b", "2");
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("b");
	}

	@Test
	@DisplayName("P4 the last access that an instance tells does not fall back to an older one from KV")
	void lastAccessAcrossInstances() {
		String id = this.one.login((session) -> {
		});
		this.world.settle();
		KvSession open = this.two.find(id);
		this.world.pass(Duration.ofMinutes(10));
		this.one.request(id, (session) -> {
		});
		Instant access = this.one.find(id).getLastAccessedTime();
		this.world.pass(Duration.ofMinutes(2));
		open.setAttribute("a", "1");
		this.two.save(open);
		this.world.settle();
		assertThat(this.one.find(id).<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.one.find(id).getLastAccessedTime()).isAfterOrEqualTo(access);
	}

	@Test
	@DisplayName("P5 a logout elsewhere is noticed when KV shows it, and a later change there is dropped")
	void logoutElsewhere() {
		String id = this.one.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		KvSession open = this.two.find(id);
		this.one.delete(id);
		this.world.settle();
		this.world.forgetCalls();
		open.setAttribute("a", "2");
		this.two.save(open);
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET);
		assertThat(this.two.find(id)).isNull();
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("P5 a gone marker outweighs a record that is still visible")
	void markerOutweighsRecord() {
		String id = this.one.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		String record = this.world.truth(id);
		this.two.find(id);
		this.one.delete(id);
		this.world.settle();
		this.world.store(id, record);
		KvSession open = this.two.find(id);
		this.world.pass(Duration.ofSeconds(10));
		open.setAttribute("a", "2");
		this.two.save(open);
		assertThat(this.world.truth(id)).isEqualTo(record);
		assertThat(this.two.find(id)).isNull();
	}

	@Test
	@DisplayName("P5 plain use of a session that ended elsewhere does not write it")
	void useAfterLogoutElsewhere() {
		String id = this.one.login((session) -> {
		});
		this.world.settle();
		this.two.find(id);
		this.one.delete(id);
		for (int i = 0; i < 20; i++) {
			KvSession session = this.two.find(id);
			if (session != null) {
				this.two.save(session);
			}
			this.world.pass(Duration.ofSeconds(30));
		}
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.two.find(id)).isNull();
	}

	@Test
	@DisplayName("P4 a change that loses to a newer one from a clock ahead is not shown here as if it had won")
	void loserIsNotShown() {
		Instance ahead = this.world.instance(Duration.ofMinutes(10), (repository) -> {
		});
		String id = this.one.login((session) -> session.setAttribute("a", "old"));
		this.world.settle();
		KvSession open = this.one.find(id);
		ahead.change(id, "a", "ahead");
		this.world.settle();
		open.setAttribute("a", "behind");
		this.one.save(open);
		String stored = this.world.record(id).attributes().get("a").raw();
		assertThat(stored).contains(this.one.find(id).<String>getAttribute("a"));
	}

	@Test
	@DisplayName("P4 nor is it shown when the id changed, too")
	void loserIsNotShownUnderANewId() {
		Instance ahead = this.world.instance(Duration.ofMinutes(10), (repository) -> {
		});
		String id = this.one.login((session) -> session.setAttribute("a", "old"));
		this.world.settle();
		KvSession open = this.one.find(id);
		ahead.change(id, "a", "ahead");
		this.world.settle();
		open.setAttribute("a", "behind");
		open.changeSessionId();
		this.one.save(open);
		String stored = this.world.record(open.getId()).attributes().get("a").raw();
		assertThat(stored).contains(this.one.find(open.getId()).<String>getAttribute("a"));
	}

	@Test
	@DisplayName("P4 what is changed after reading another instance's state wins, also if that clock is ahead")
	void laterChangeWinsOverAClockAhead() {
		Instance ahead = this.world.instance(Duration.ofMinutes(10), (repository) -> {
		});
		String id = ahead.login((session) -> session.setAttribute("a", "ahead"));
		this.world.settle();
		this.one.change(id, "a", "first");
		assertThat(this.world.record(id).attributes().get("a").raw()).contains("first");
		this.one.change(id, "a", "second");
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.record(id).attributes().get("a").raw()).contains("second");
	}

	@Test
	@DisplayName("P4 concurrent changes of one attribute under a clock that is ahead: the acknowledged later one stays")
	void concurrentChangesUnderAClockAhead() {
		Instance ahead = this.world.instance(Duration.ofMinutes(10), (repository) -> {
		});
		String id = ahead.login((session) -> session.setAttribute("a", "ahead"));
		this.world.settle();
		KvSession first = this.one.find(id);
		KvSession second = this.one.find(id);
		first.setAttribute("a", "first");
		second.setAttribute("a", "second");
		this.world.during(KvCallKind.PUT, () -> this.one.save(second));
		this.one.save(first);
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.world.record(id).attributes().get("a").raw()).contains("second");
		assertThat(this.one.find(id).<String>getAttribute("a")).isEqualTo("second");
	}

}
