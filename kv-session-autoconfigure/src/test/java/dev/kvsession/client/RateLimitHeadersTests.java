package dev.kvsession.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.rest.RateLimitHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitHeadersTests {

	private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");

	@Test
	void readsAllHeaders() {
		KvRateLimit limit = RateLimitHeaders.parse(Map.of("ratelimit", "\"default\";r=50;t=30", "ratelimit-policy",
				"\"burst\";q=100;w=60", "retry-after", "7"));
		assertThat(limit).isEqualTo(new KvRateLimit(50, Duration.ofSeconds(30)));
	}

	@Test
	void takesTheTightestOfSeveralLimits() {
		KvRateLimit limit = RateLimitHeaders.parse(Map.of("ratelimit", "\"a\";r=50;t=30, \"b\"; r=3; t=9"));
		assertThat(limit.remaining()).isEqualTo(3);
		assertThat(limit.resetAfter()).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void saysNothingWithoutHeaders() {
		assertThat(RateLimitHeaders.parse(Map.of("content-type", "text/plain"))).isNull();
	}

	@Test
	void aLoneRetryAfterSaysNothingOfTheCallsLeft() {
		assertThat(RateLimitHeaders.parse(Map.of("retry-after", "30"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "garbage", "\"default\";r=;t=30", "r=5", ";r=99999999999999999999", "\"a\";r=-1",
			"\"a\";r=1x" })
	void toleratesGarbage(String header) {
		assertThat(RateLimitHeaders.parse(Map.of("ratelimit", header))).isNull();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			30                                | PT30S
			' 30 '                            | PT30S
			0                                 | PT1S
			9999999999                        | PT1H
			'Sat, 21 Nov 2026 05:02:00 GMT'   | PT2M
			'Sat, 21 Nov 2026 04:00:00 GMT'   | PT1S
			'Tue, 21 Nov 2028 05:00:00 GMT'   | PT1H
			""", delimiter = '|')
	void readsRetryAfter(String header, Duration expected) {
		assertThat(RateLimitHeaders.retryAfter(Map.of("retry-after", header), NOW)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-5", "soon", "1.5", "99999999999999999999" })
	void ignoresUnreadableRetryAfter(String header) {
		assertThat(RateLimitHeaders.retryAfter(Map.of("retry-after", header), NOW)).isNull();
	}

}
