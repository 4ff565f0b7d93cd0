package dev.kvsession.test;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kvsession.test.kv.KvDailyQuota;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

class LimitTests {

	private static final KvEmulatorSettings STRONG = KvEmulatorSettings.strong();

	@Test
	void aKeyTakesOneWriteASecond() {
		CoreDriver kv = new CoreDriver(STRONG.withKeyWriteInterval(Duration.ofSeconds(1)));
		assertThat(kv.put("k", "1").status()).isEqualTo(200);
		KvEmulatorResponse tooSoon = kv.advance(Duration.ofMillis(999)).put("k", "2");
		assertThat(CoreDriver.error(tooSoon)).isEqualTo("429/429");
		assertThat(tooSoon.headers()).doesNotContainKey("retry-after");
		assertThat(kv.delete("k").status()).isEqualTo(429);
		assertThat(kv.put("other", "1").status()).isEqualTo(200);
		assertThat(kv.read("k")).isEqualTo("1");
		assertThat(kv.advance(Duration.ofMillis(1)).put("k", "2").status()).isEqualTo(200);
	}

	@Test
	void aRefusedWriteDoesNotPostponeTheNext() {
		CoreDriver kv = new CoreDriver(STRONG.withKeyWriteInterval(Duration.ofSeconds(1)));
		kv.put("k", "1");
		kv.advance(Duration.ofMillis(500)).put("k", "2");
		assertThat(kv.advance(Duration.ofMillis(500)).put("k", "3").status()).isEqualTo(200);
	}

	@Test
	void bulkCallsReportKeysWrittenTooOften() {
		CoreDriver kv = new CoreDriver(STRONG.withKeyWriteInterval(Duration.ofSeconds(1)));
		kv.put("a", "1");
		KvEmulatorResponse put = kv.kv("PUT", "/bulk",
				"[{\"key\":\"a\",\"value\":\"2\"},{\"key\":\"b\",\"value\":\"2\"}]");
		assertThat(CoreDriver.text(put))
			.contains("\"result\":{\"successful_key_count\":1,\"unsuccessful_keys\":[\"a\"]}");
		assertThat(kv.read("a")).isEqualTo("1");
		assertThat(CoreDriver.text(kv.kv("POST", "/bulk/delete", "[\"b\",\"c\"]")))
			.contains("\"unsuccessful_keys\":[\"b\"]");
	}

	@Test
	void theTokenIsBlockedForFiveMinutesAfter1200Calls() {
		CoreDriver kv = new CoreDriver(STRONG.withRateLimit(KvRateLimit.cloudflare()));
		assertThat(kv.put("k", "v").headers()).containsEntry("ratelimit", "\"default\";r=1199;t=300")
			.containsEntry("ratelimit-policy", "\"default\";q=1200;w=300")
			.doesNotContainKey("retry-after");
		kv.advance(Duration.ofSeconds(100));
		for (int i = 0; i < 1199; i++) {
			assertThat(kv.get("k").status()).isEqualTo(200);
		}
		KvEmulatorResponse blocked = kv.put("k", "w");
		assertThat(CoreDriver.error(blocked)).isEqualTo("429/971");
		assertThat(blocked.headers()).containsEntry("retry-after", "300")
			.containsEntry("ratelimit", "\"default\";r=0;t=300");
		assertThat(kv.contents().get("k").text()).isEqualTo("v");
		assertThat(kv.advance(Duration.ofMillis(299_001)).get("k").headers()).containsEntry("retry-after", "1");
		assertThat(kv.advance(Duration.ofMillis(999)).get("k").headers()).containsEntry("ratelimit",
				"\"default\";r=1199;t=300");
	}

	@ParameterizedTest
	@EnumSource
	void windowsMoveAsConfigured(KvRateLimit.Counting counting) {
		KvRateLimit limit = new KvRateLimit(3, Duration.ofSeconds(10), Duration.ofSeconds(20), counting);
		CoreDriver kv = new CoreDriver(STRONG.withRateLimit(limit));
		kv.get("k");
		kv.advance(Duration.ofSeconds(9)).get("k");
		kv.get("k");
		kv.advance(Duration.ofSeconds(1)).get("k");
		boolean fixed = counting == KvRateLimit.Counting.FIXED;
		KvEmulatorResponse fifth = kv.get("k");
		assertThat(fifth.status()).isEqualTo((fixed) ? 404 : 429);
		assertThat(fifth.headers()).containsEntry("ratelimit",
				(fixed) ? "\"default\";r=1;t=10" : "\"default\";r=0;t=20");
	}

	@Test
	void aWrongTokenDoesNotCount() {
		CoreDriver kv = new CoreDriver(STRONG.withRateLimit(KvRateLimit.cloudflare()));
		assertThat(kv.headers(Map.of()).get("k").headers()).doesNotContainKey("ratelimit");
	}

	@Test
	void theDailyQuotaEndsAtMidnightUtc() {
		CoreDriver kv = new CoreDriver(STRONG.withDailyQuota(new KvDailyQuota(2, 2, 1, 1)));
		kv.put("a", "1");
		assertThat(CoreDriver
			.error(kv.kv("PUT", "/bulk", "[{\"key\":\"a\",\"value\":\"2\"},{\"key\":\"b\",\"value\":\"2\"}]")))
			.isEqualTo("429/10048");
		assertThat(kv.put("b", "2").status()).isEqualTo(200);
		assertThat(kv.put("c", "3").headers()).doesNotContainKey("retry-after");
		assertThat(kv.kv("POST", "/bulk/get", "{\"keys\":[\"a\",\"b\"]}").status()).isEqualTo(200);
		assertThat(CoreDriver.error(kv.get("a"))).isEqualTo("429/10048");
		assertThat(kv.delete("a").status()).isEqualTo(200);
		assertThat(kv.delete("a").status()).isEqualTo(429);
		assertThat(kv.kv("GET", "/keys", "").status()).isEqualTo(200);
		assertThat(kv.kv("GET", "/keys", "").status()).isEqualTo(429);
		assertThat(kv.advance(Duration.ofHours(14)).put("c", "3").status()).isEqualTo(200);
	}

}
