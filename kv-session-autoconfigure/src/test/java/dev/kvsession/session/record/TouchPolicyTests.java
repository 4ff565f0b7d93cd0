package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TouchPolicyTests {

	private static final Instant ACCESSED = Instant.parse("2026-01-01T00:00:00Z");

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-, PT168H, 0, PT54M", "-, PT168H, 1, PT1H", "-, PT1H, 1, PT6M", "-, PT1H, 0, PT5M24S",
					"-, PT0S, 1, PT1H", "-, PT-1S, 1, PT1H", "PT10M, PT168H, 1, PT10M", "PT10M, PT168H, 0.5, PT9M30S",
					"PT10M, PT30M, 1, PT3M", "PT0S, PT168H, 1, PT0S", "PT24H, PT168H, 1, PT16H48M",
					"PT24H, PT0S, 1, PT24H" })
	void isDueAfter(Duration configured, Duration interval, double jitter, Duration after) {
		long due = new TouchPolicy(configured, () -> jitter).dueAt(ACCESSED, interval);
		assertThat(Instant.ofEpochMilli(due)).isEqualTo(ACCESSED.plus(after));
	}

}
