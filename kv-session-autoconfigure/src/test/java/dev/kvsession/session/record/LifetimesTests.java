package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kvsession.session.settings.SessionExpiration;

import static org.assertj.core.api.Assertions.assertThat;

class LifetimesTests {

	private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

	private static final Instant ACCESSED = CREATED.plus(Duration.ofHours(5));

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "SLIDING, -, PT1H, PT6H", "SLIDING, PT24H, PT1H, PT6H", "SLIDING, PT5H30M, PT1H, PT5H30M",
					"SLIDING, -, PT0S, -", "SLIDING, -, PT-1S, -", "SLIDING, PT24H, PT0S, PT24H",
					"SLIDING, PT24H, PT-1S, PT24H", "FIXED, -, PT8H, PT8H", "FIXED, PT6H, PT8H, PT6H",
					"FIXED, -, PT0S, -", "SLIDING, -, PT9223372036854775807S, -", "SLIDING, -, PT876000000H, -" })
	void endsAt(SessionExpiration expiration, Duration maxLifetime, Duration interval, Duration afterCreation) {
		Instant end = new Lifetimes(expiration, maxLifetime).expiresAt(CREATED, ACCESSED, interval);
		assertThat(end).isEqualTo((afterCreation != null) ? CREATED.plus(afterCreation) : null);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "SLIDING, -, PT168H, 604800", "SLIDING, -, PT1S, 60", "SLIDING, -, PT59.5S, 60",
					"SLIDING, -, PT60.001S, 61", "SLIDING, -, PT876000000H, 2147483647", "SLIDING, -, PT0S, -",
					"SLIDING, -, PT-5S, -", "SLIDING, PT7H, PT168H, 3600", "SLIDING, PT6H, PT168H, 60",
					"SLIDING, PT1H, PT168H, 60", "SLIDING, PT7H, PT0S, 3600", "FIXED, -, PT7H, 3600",
					"FIXED, PT6H30M, PT7H, 1800", "FIXED, -, PT1H, 60", "FIXED, -, PT-1S, -" })
	void kvKeepsFor(SessionExpiration expiration, Duration maxLifetime, Duration interval, Long seconds) {
		Lifetimes lifetimes = new Lifetimes(expiration, maxLifetime);
		Instant now = CREATED.plus(Duration.ofHours(6));
		Duration life = lifetimes.timeToLive(CREATED, lifetimes.expiresAt(CREATED, ACCESSED, interval), interval, now);
		assertThat(life).isEqualTo((seconds != null) ? Duration.ofSeconds(seconds) : null);
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
