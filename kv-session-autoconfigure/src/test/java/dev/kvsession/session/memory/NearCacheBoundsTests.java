package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.settings.SessionExpiration;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the near cache keeps, and how much of it.
 */
class NearCacheBoundsTests {

	private static final DataSize MAX_WEIGHT = DataSize.ofKilobytes(256);

	private final VirtualTime time = new VirtualTime();

	private final Set<String> ended = new HashSet<>();

	private final NearCache cache = new NearCache(
			new EngineCaches(() -> TimeUnit.MILLISECONDS.toNanos(this.time.millis())),
			NearCacheSettings.DEFAULT.withMaxWeight(MAX_WEIGHT), new Lifetimes(SessionExpiration.SLIDING, null, null),
			this.ended::contains);

	private Snapshot snapshot(int revision, String text) {
		Stamp rev = new Stamp(this.time.millis(), revision, "w");
		SessionRecord record = new SessionRecord(rev, this.time.instant(), this.time.instant(), null,
				Duration.ofDays(7), null, Map.of(), Map.of("a", new StoredAttribute(rev, "json", '"' + text + '"')),
				Map.of(), Map.of());
		return new Snapshot(record, text.length(), Map.of(), null);
	}

	private LiveSession offer(String id, int revision, String text) {
		return this.cache.offer(id, snapshot(revision, text), this.time.millis());
	}

	private List<LiveSession> held(int offered) {
		List<LiveSession> held = new ArrayList<>();
		for (int i = 0; i < offered; i++) {
			LiveSession session = this.cache.get("id-" + i);
			if (session != null) {
				held.add(session);
			}
		}
		return held;
	}

	private static long weight(List<LiveSession> sessions) {
		return sessions.stream().mapToLong((session) -> session.snapshot().weight()).sum();
	}

	@Test
	@DisplayName("P2 however many sessions are offered, those kept weigh no more than is allowed, and fill it")
	void weightIsBounded() {
		for (int i = 0; i < 20_000; i++) {
			offer("id-" + i, 1, "some text");
		}
		long weight = weight(held(20_000));
		assertThat(weight).isBetween(MAX_WEIGHT.toBytes() * 9 / 10, MAX_WEIGHT.toBytes());
	}

	@Test
	@DisplayName("P2 with those written here they weigh no more than half as much again")
	void ownWritesAreBounded() {
		for (int i = 0; i < 20_000; i++) {
			this.cache.written("id-" + i, snapshot(1, "some text"), this.time.millis());
		}
		assertThat(weight(held(20_000))).isLessThanOrEqualTo(MAX_WEIGHT.toBytes() * 3 / 2);
	}

	@Test
	@DisplayName("P2 a session that has grown weighs what it weighs now")
	void sessionsThatGrow() {
		for (int i = 0; i < 50; i++) {
			offer("id-" + i, 1, "x");
		}
		assertThat(held(50)).hasSize(50);
		for (int i = 0; i < 50; i++) {
			offer("id-" + i, 2, "x".repeat(5000));
		}
		assertThat(weight(held(50))).isLessThanOrEqualTo(MAX_WEIGHT.toBytes());
	}

	@Test
	@DisplayName("P2 forged ids, however many, occupy no more than ten thousand do")
	void forgedIds() {
		for (int i = 0; i < 100_000; i++) {
			this.cache.markAbsent("id-" + i);
		}
		int known = 0;
		for (int i = 0; i < 100_000; i++) {
			known += this.cache.isKnownAbsent("id-" + i) ? 1 : 0;
		}
		assertThat(known).isLessThanOrEqualTo(10_000);
	}

	@Test
	@DisplayName("P5 what is read or written after an id has ended is not kept")
	void endedIds() {
		offer("read", 1, "x");
		this.cache.written("written", snapshot(1, "x"), this.time.millis());
		for (String id : List.of("read", "written")) {
			this.ended.add(id);
			this.cache.remove(id);
			assertThat(offer(id, 2, "y").snapshot().record().rev().counter()).isEqualTo(2);
			this.cache.written(id, snapshot(3, "z"), this.time.millis());
			assertThat(this.cache.get(id)).isNull();
			assertThat(this.cache.isOwnWrite(id)).isFalse();
		}
	}

}
