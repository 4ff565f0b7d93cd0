package dev.kvsession.session.look;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What looking again at own writes costs.
 */
class SecondLookCostTests {

	private final World world = new World();

	private final Instance one = this.world.instance();

	private String sharedSession() {
		String id = this.one.login((session) -> session.setAttribute("a", "old"));
		this.world.settle();
		this.one.find(id);
		return id;
	}

	private long counted(Instance instance, KvSessionEvent event) {
		return instance.repository().getStatistics().count(event);
	}

	@Test
	@DisplayName("P4 what nobody overwrote is looked at and not written again")
	void nothingToMend() {
		String id = sharedSession();
		this.world.forgetCalls();
		this.one.change(id, "a", "one");
		this.world.settle();
		assertThat(this.world.writesOf(id)).hasSize(1);
		assertThat(counted(this.one, KvSessionEvent.SECOND_LOOK_MERGED)).isZero();
	}

	@Test
	@DisplayName("P1 a new session is looked at once, a changed one four times at most, then nothing is asked any more")
	void looksAreCounted() {
		String id = this.one.login((session) -> {
		});
		this.world.settle();
		assertThat(counted(this.one, KvSessionEvent.SECOND_LOOK)).isOne();
		this.one.change(id, "a", "one");
		this.world.settle();
		assertThat(counted(this.one, KvSessionEvent.SECOND_LOOK)).isEqualTo(1 + 4);
		this.world.settle();
		this.world.forgetCalls();
		this.world.settle();
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P1 a change half a minute after another costs one read of the record and one write")
	void aFurtherChangeReadsNoMarkers() {
		String id = sharedSession();
		this.one.change(id, "a", "one");
		this.world.pass(Duration.ofSeconds(35));
		this.world.forgetCalls();
		this.one.change(id, "a", "two");
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.BULK_GET, KvCallKind.PUT);
		assertThat(this.world.calls().get(0).keys()).hasSize(1);
	}

	@Test
	@DisplayName("P1 the markers of a session that changes all the time are read twice a minute at most, looks included")
	void aBusySessionReadsItsMarkersTwiceAMinute() {
		String id = sharedSession();
		this.one.change(id, "a", "first");
		this.world.forgetCalls();
		for (int i = 0; i < 100; i++) {
			this.world.pass(Duration.ofSeconds(3));
			this.one.change(id, "a", "value " + i);
		}
		assertThat(this.world.calls()).filteredOn((call) -> call.kind() == KvCallKind.BULK_GET)
			.hasSizeBetween(1, 5 * 2);
	}

	@Test
	@DisplayName("P1 the reads of a session in use save looks")
	void readsSaveLooks() {
		String id = sharedSession();
		long before = counted(this.one, KvSessionEvent.SECOND_LOOK);
		this.one.change(id, "a", "one");
		for (int i = 0; i < 40; i++) {
			this.world.pass(Duration.ofSeconds(8));
			this.one.find(id);
		}
		assertThat(counted(this.one, KvSessionEvent.SECOND_LOOK) - before).isEqualTo(2);
	}

	@Test
	@DisplayName("P4 an older record is looked at once more before it is outweighed, for it may be a stale read")
	void staleReadCostsNoWrite() {
		String id = sharedSession();
		String old = this.world.truth(id);
		this.one.change(id, "a", "one");
		String current = this.world.truth(id);
		this.world.pass(Duration.ofSeconds(85));
		this.world.store(id, old);
		this.world.forgetCalls();
		this.world.pass(Duration.ofSeconds(30));
		assertThat(this.world.calls(KvCallKind.BULK_GET)).hasSize(1);
		this.world.store(id, current);
		this.world.settle();
		assertThat(this.world.writesOf(id)).isEmpty();
	}

	@Test
	@DisplayName("P1 once the markers cannot be overlooked any more, only the record is looked at")
	void sureOfTheMarker() {
		String id = sharedSession();
		this.one.change(id, "a", "one");
		this.world.forgetCalls();
		this.world.pass(Duration.ofMinutes(6));
		List<KvCall> looks = this.world.calls();
		assertThat(looks).extracting((look) -> look.keys().size()).containsExactly(3, 3, 1, 1);
	}

	@Test
	@DisplayName("P1 P5 a touch is followed by one look, when no marker can be overlooked any more, at the markers alone")
	void aTouchIsLookedAtOnce() {
		String id = sharedSession();
		this.world.pass(Duration.ofHours(2));
		this.world.forgetCalls();
		this.one.request(id, (session) -> {
		});
		this.world.pass(Duration.ofSeconds(20));
		assertThat(this.world.writesOf(id)).as("the touch").hasSize(1);
		this.world.forgetCalls();
		this.world.pass(Duration.ofSeconds(95));
		assertThat(this.world.calls()).isEmpty();
		this.world.pass(Duration.ofMinutes(5));
		assertThat(this.world.calls()).extracting(KvCall::keys)
			.containsExactly(List.of("session-gone:" + id, "session-renamed:" + id));
	}

	@Test
	@DisplayName("P4 a change is looked at in time though a touch was just before it")
	void aChangeAfterATouchIsLookedAtInTime() {
		String id = sharedSession();
		this.world.pass(Duration.ofHours(2));
		this.world.forgetCalls();
		this.one.request(id, (session) -> {
		});
		this.world.pass(Duration.ofSeconds(20));
		this.one.change(id, "a", "one");
		this.world.forgetCalls();
		this.world.pass(Duration.ofSeconds(110));
		assertThat(this.world.calls()).extracting((look) -> look.keys().size()).containsExactly(3);
		this.world.settle();
		assertThat(this.world.calls()).extracting((look) -> look.keys().size()).containsExactly(3, 3, 1, 1);
	}

	@Test
	@DisplayName("P4 what was mended is looked at like any other change")
	void aMendIsLookedAt() {
		Instance two = this.world.instance();
		String id = sharedSession();
		String old = this.world.truth(id);
		this.one.change(id, "a", "one");
		this.world.store(id, old);
		two.change(id, "b", "two");
		two.crash();
		this.world.store(id, this.world.truth(id));
		this.world.pass(Duration.ofMinutes(5));
		assertThat(counted(this.one, KvSessionEvent.SECOND_LOOK_MERGED)).isOne();
		long before = counted(this.one, KvSessionEvent.SECOND_LOOK);
		this.world.settle();
		assertThat(this.world.record(id).attributes()).containsKeys("a", "b");
		assertThat(counted(this.one, KvSessionEvent.SECOND_LOOK) - before).isPositive();
	}

}
