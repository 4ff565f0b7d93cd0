package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.session.settings.SessionExpiration;

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
		Lifetimes lifetimes = new Lifetimes(SessionExpiration.SLIDING, null, null);
		long due = new TouchPolicy(configured, () -> jitter).dueAt(record(interval, Map.of()), lifetimes);
		assertThat(Instant.ofEpochMilli(due)).isEqualTo(ACCESSED.plus(after));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "SLIDING, -, PT168H, PT30M, PT15M", "SLIDING, PT10M, PT168H, PT30M, PT10M",
					"SLIDING, -, PT168H, PT24H, PT1H", "SLIDING, -, PT1H, PT30M, PT6M",
					"SLIDING, -, PT0S, PT30M, PT15M", "FIXED, -, PT168H, PT30M, PT15M" })
	@DisplayName("P7 without a user a touch is due after half the anonymous timeout at the latest")
	void isDueWithoutAUser(SessionExpiration expiration, Duration configured, Duration interval, Duration anonymous,
			Duration after) {
		Lifetimes lifetimes = new Lifetimes(expiration, null, anonymous);
		long due = new TouchPolicy(configured, () -> 1).dueAt(record(interval, Map.of()), lifetimes);
		assertThat(Instant.ofEpochMilli(due)).isEqualTo(ACCESSED.plus(after));
	}

	@Test
	void isDueAsEverWithAUser() {
		SessionRecord record = record(Duration.ofDays(7), Map.of("userId", "ada"));
		TouchPolicy touches = new TouchPolicy(null, () -> 1);
		Duration anonymous = Duration.ofMinutes(30);
		assertThat(touches.dueAt(record, new Lifetimes(SessionExpiration.SLIDING, null, anonymous)))
			.isEqualTo(ACCESSED.plus(Duration.ofHours(1)).toEpochMilli());
		assertThat(touches.dueAt(record, new Lifetimes(SessionExpiration.FIXED, null, anonymous)))
			.isEqualTo(Long.MAX_VALUE);
	}

	private static SessionRecord record(Duration interval, Map<String, Object> claims) {
		return new SessionRecord(new Stamp(0, 0, "w"), ACCESSED, ACCESSED, null, interval, null, claims, Map.of(),
				Map.of(), Map.of());
	}

}
