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

class LifetimesTests {

	private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

	private static final Instant ACCESSED = CREATED.plus(Duration.ofHours(5));

	private static final boolean NOBODY = false;

	private static final boolean USER = true;

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "SLIDING, -, PT1H, PT6H", "SLIDING, PT24H, PT1H, PT6H", "SLIDING, PT5H30M, PT1H, PT5H30M",
					"SLIDING, -, PT0S, -", "SLIDING, -, PT-1S, -", "SLIDING, PT24H, PT0S, PT24H",
					"SLIDING, PT24H, PT-1S, PT24H", "FIXED, -, PT8H, PT8H", "FIXED, PT6H, PT8H, PT6H",
					"FIXED, -, PT0S, -", "SLIDING, -, PT9223372036854775807S, -", "SLIDING, -, PT876000000H, -" })
	void endsAt(SessionExpiration expiration, Duration maxLifetime, Duration interval, Duration afterCreation) {
		Instant expected = (afterCreation != null) ? CREATED.plus(afterCreation) : null;
		Lifetimes unset = new Lifetimes(expiration, maxLifetime, null);
		assertThat(unset.expiresAt(CREATED, ACCESSED, interval, USER)).isEqualTo(expected);
		assertThat(unset.expiresAt(CREATED, ACCESSED, interval, NOBODY)).isEqualTo(expected);
		Lifetimes set = new Lifetimes(expiration, maxLifetime, Duration.ofMinutes(10));
		assertThat(set.expiresAt(CREATED, ACCESSED, interval, USER)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "SLIDING, -, PT168H, PT5H30M, 1800", "SLIDING, -, PT20M, PT5H20M, 1200",
					"SLIDING, -, PT0S, PT5H30M, 1800", "SLIDING, -, PT876000000H, PT5H30M, 1800",
					"SLIDING, PT6H, PT168H, PT5H30M, 1800", "SLIDING, PT5H15M, PT168H, PT5H15M, 300",
					"SLIDING, PT5H10M30S, PT168H, PT5H10M30S, 60", "SLIDING, PT5H15M, PT0S, PT5H15M, 300",
					"FIXED, -, PT168H, PT5H30M, 1800", "FIXED, -, PT5H15M, PT5H15M, 300",
					"FIXED, -, PT0S, PT5H30M, 1800", "FIXED, PT5H15M, PT168H, PT5H15M, 300" })
	@DisplayName("P7 without a user the earliest of all ends counts, in the record and in KV")
	void endsWithoutAUser(SessionExpiration expiration, Duration maxLifetime, Duration interval, Duration afterCreation,
			long seconds) {
		Lifetimes lifetimes = new Lifetimes(expiration, maxLifetime, Duration.ofMinutes(30));
		assertThat(lifetimes.expiresAt(CREATED, ACCESSED, interval, NOBODY)).isEqualTo(CREATED.plus(afterCreation));
		assertThat(lifetimes.timeToLive(record(interval, NOBODY), ACCESSED.plus(Duration.ofMinutes(10))))
			.isEqualTo(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "SLIDING, -, PT168H, 604800", "SLIDING, -, PT1S, 60", "SLIDING, -, PT59.5S, 60",
					"SLIDING, -, PT60.001S, 61", "SLIDING, -, PT876000000H, 2147483647", "SLIDING, -, PT0S, -",
					"SLIDING, -, PT-5S, -", "SLIDING, PT7H, PT168H, 3600", "SLIDING, PT6H, PT168H, 60",
					"SLIDING, PT1H, PT168H, 60", "SLIDING, PT7H, PT0S, 3600", "FIXED, -, PT7H, 3600",
					"FIXED, PT6H30M, PT7H, 1800", "FIXED, -, PT1H, 60", "FIXED, -, PT-1S, -",
					"FIXED, -, PT876000000H, 2147483647" })
	void kvKeepsFor(SessionExpiration expiration, Duration maxLifetime, Duration interval, Long seconds) {
		Duration expected = (seconds != null) ? Duration.ofSeconds(seconds) : null;
		Instant now = CREATED.plus(Duration.ofHours(6));
		Lifetimes unset = new Lifetimes(expiration, maxLifetime, null);
		assertThat(unset.timeToLive(record(interval, NOBODY), now)).isEqualTo(expected);
		Lifetimes set = new Lifetimes(expiration, maxLifetime, Duration.ofMinutes(10));
		assertThat(set.timeToLive(record(interval, USER), now)).isEqualTo(expected);
	}

	private static SessionRecord record(Duration interval, boolean hasUser) {
		return new SessionRecord(new Stamp(0, 0, "w"), CREATED, ACCESSED, null, interval, null,
				hasUser ? Map.of("userId", "ada") : Map.of(), Map.of(), Map.of(), Map.of());
	}

	@Test
	void roundsUpToSeconds() {
		assertThat(Lifetimes.inSeconds(Duration.ofMillis(1))).isEqualTo(Duration.ofSeconds(1));
		assertThat(Lifetimes.inSeconds(Duration.ofMillis(1001))).isEqualTo(Duration.ofSeconds(2));
		assertThat(Lifetimes.inSeconds(Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
		assertThat(Lifetimes.endsWhenIdle(Lifetimes.inSeconds(Duration.ZERO))).isFalse();
		assertThat(Lifetimes.endsWhenIdle(Lifetimes.inSeconds(Duration.ofMillis(-1)))).isFalse();
	}

}
