package dev.kvsession.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvStaleness;

import static org.assertj.core.api.Assertions.assertThat;

class StalenessTests {

	private static final Duration CACHE = KvStaleness.CLOUDFLARE_CACHE_TTL;

	/**
	 * Writes are visible everywhere at once, so that only the caches are stale.
	 */
	private static final KvStaleness CACHES_ONLY = new KvStaleness(2, KvStaleness.Choice.BY_CLIENT, CACHE,
			Duration.ZERO, CACHE, 0, 0);

	private final KvEmulatorCore core = new KvEmulatorCore(KvEmulatorSettings.strong().withStaleness(CACHES_ONLY));

	private final CoreDriver here = new CoreDriver(this.core, "here");

	private final CoreDriver there = new CoreDriver(this.core, "there");

	@Test
	void aMissIsRememberedForAMinute() {
		this.here.read("other");
		assertThat(this.there.read("k")).isEqualTo("-");
		this.here.put("k", "v");
		assertThat(this.here.read("k")).isEqualTo("v");
		assertThat(this.there.advance(CACHE.minusMillis(1)).read("k")).isEqualTo("-");
		assertThat(this.there.advance(Duration.ofMillis(1)).read("k")).isEqualTo("v");
	}

	@Test
	void aDeletedValueStaysReadableForAMinute() {
		this.here.put("k", "v");
		assertThat(this.there.read("k")).isEqualTo("v");
		this.here.delete("k");
		assertThat(this.here.read("k")).isEqualTo("-");
		assertThat(this.there.advance(CACHE.minusMillis(1)).read("k")).isEqualTo("v");
		assertThat(this.there.advance(Duration.ofMillis(1)).read("k")).isEqualTo("-");
		assertThat(this.there.contents().get("k")).isNull();
	}

	@Test
	void aListIsRememberedForAMinute() {
		assertThat(list(this.there)).isEmpty();
		this.here.put("k", "v");
		assertThat(list(this.there.advance(CACHE.minusMillis(1)))).isEmpty();
		assertThat(list(this.there.advance(Duration.ofMillis(1)))).isEqualTo("k");
	}

	@Test
	void aCachedValueStillExpiresOnTime() {
		this.here.putFor("k", "v", 60);
		assertThat(this.there.advance(Duration.ofSeconds(30)).read("k")).isEqualTo("v");
		assertThat(this.there.advance(Duration.ofSeconds(30)).read("k")).isEqualTo("-");
	}

	@Test
	void bulkGetAndMetadataShareTheCache() {
		assertThat(this.there.read("k")).isEqualTo("-");
		this.here.read("other");
		this.here.put("k", "v");
		assertThat(CoreDriver.text(this.there.kv("POST", "/bulk/get", "{\"keys\":[\"k\"]}"))).contains("{\"k\":null}");
		assertThat(this.there.kv("GET", "/metadata/k", "").status()).isEqualTo(404);
	}

	@Test
	void seedingIsSeenAtOnceEverywhere() {
		assertThat(this.there.read("k")).isEqualTo("-");
		this.here.contents().store("k", "v", Duration.ofSeconds(1));
		assertThat(this.there.read("k")).isEqualTo("v");
		this.here.contents().remove("k");
		assertThat(this.there.read("k")).isEqualTo("-");
	}

	@Test
	void someWritesTakeLongerThanAMinute() {
		CoreDriver kv = new CoreDriver(
				KvEmulatorSettings.strong().withStaleness(KvStaleness.cloudflare().choosing(KvStaleness.Choice.ANY)));
		for (int i = 0; i < 500; i++) {
			kv.put("k" + i, "v");
		}
		assertThat(unseen(kv.advance(Duration.ofSeconds(1)))).isBetween(60, 200);
		assertThat(unseen(kv.advance(CACHE.plusSeconds(10)))).isBetween(1, 30);
		kv.advance(Duration.ofSeconds(150).plus(CACHE));
		assertThat(unseen(kv)).isZero();
	}

	@Test
	void aWriterMayMissItsOwnWrite() {
		KvStaleness forgetful = new KvStaleness(1, KvStaleness.Choice.ANY, CACHE, Duration.ofSeconds(5), CACHE, 0, 1);
		CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong().withStaleness(forgetful));
		kv.put("k", "v");
		assertThat(kv.read("k")).isEqualTo("-");
		assertThat(kv.contents().get("k").text()).isEqualTo("v");
	}

	@Test
	void theLastWriteWinsEvenIfTheFirstArrivesLater() {
		KvStaleness slow = new KvStaleness(2, KvStaleness.Choice.BY_CLIENT, Duration.ZERO, Duration.ofSeconds(20),
				CACHE, 0, 0);
		KvEmulatorCore core = new KvEmulatorCore(KvEmulatorSettings.strong().withStaleness(slow));
		CoreDriver writer = new CoreDriver(core, "writer");
		CoreDriver reader = new CoreDriver(core, "reader");
		writer.read("k");
		List<String> seen = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			writer.put("k", "" + (char) ('A' + i));
			seen.add(reader.read("k"));
			writer.advance(Duration.ofSeconds(1));
			reader.advance(Duration.ofSeconds(1));
		}
		assertThat(seen).isSorted().contains("-").doesNotContain("^");
	}

	/**
	 * Reads each key from every location's cache once, whichever serves, and counts the
	 * misses.
	 */
	private static int unseen(CoreDriver kv) {
		int misses = 0;
		for (int i = 0; i < 500; i++) {
			misses += kv.read("k" + i).equals("-") ? 1 : 0;
		}
		return misses;
	}

	private static String list(CoreDriver kv) {
		return CoreDriver.json(kv.kv("GET", "/keys", "")).at("/result/0/name").asString("");
	}

}
