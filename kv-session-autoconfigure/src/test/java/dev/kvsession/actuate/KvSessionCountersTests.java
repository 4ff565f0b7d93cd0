package dev.kvsession.actuate;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kvsession.session.settings.KvSessionEvent;

import static org.assertj.core.api.Assertions.assertThat;

class KvSessionCountersTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Map<KvSessionEvent, Integer> counts = new HashMap<>();

	private final Set<KvSessionEvent> asked = EnumSet.noneOf(KvSessionEvent.class);

	KvSessionCountersTests() {
		new KvSessionCounters((event) -> {
			this.asked.add(event);
			return this.counts.getOrDefault(event, 0);
		}).bindTo(this.meters);
	}

	@ParameterizedTest
	@CsvSource({ "NEAR_CACHE_HIT,near.cache,result,hit", "NEAR_CACHE_MISS,near.cache,result,miss",
			"STALE_SERVED,near.cache,result,stale", "REFRESHED,near.cache.refreshes,,",
			"COALESCED_WRITE,writes,kind,coalesced", "DEFERRED_WRITE,writes,kind,deferred",
			"DROPPED_WRITE,writes,kind,dropped", "TOMBSTONE_HIT,tombstone.hits,,", "SECOND_LOOK,second.looks,,",
			"SECOND_LOOK_MERGED,second.looks.mended,result,merged",
			"SECOND_LOOK_ENDED,second.looks.mended,result,ended", "UNREADABLE,unreadable,,", "REFUSED_ID,refused.ids,,",
			"UNKNOWN_ID,unknown.ids,,", "HANDOFF_USED,handoffs,,", "RECORD_WRITTEN,records,,",
			"RECORD_BYTES_WRITTEN,record.bytes,," })
	void showsEachCountUnderItsName(KvSessionEvent event, String name, String tag, String value) {
		FunctionCounter counter = (tag != null)
				? this.meters.get("kv.session." + name).tag(tag, value).functionCounter()
				: this.meters.get("kv.session." + name).functionCounter();
		assertThat(counter.count()).isZero();
		this.counts.put(event, 7);
		assertThat(counter.count()).isEqualTo(7);
		assertThat(this.meters.getMeters()).filteredOn((meter) -> ((FunctionCounter) meter).count() > 0).hasSize(1);
	}

	@Test
	void goesOnCountingAfterAGarbageCollection() {
		System.gc();
		this.counts.put(KvSessionEvent.HANDOFF_USED, 7);
		assertThat(this.meters.get("kv.session.handoffs").functionCounter().count()).isEqualTo(7);
	}

	@Test
	void leavesNoCountOut() {
		this.meters.getMeters().forEach((meter) -> ((FunctionCounter) meter).count());
		assertThat(this.asked).containsExactlyInAnyOrder(KvSessionEvent.values());
	}

}
