package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.kvsession.codec.Stamp;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

class HybridClockTests {

	private final VirtualTime time = new VirtualTime();

	private Instant now = this.time.instant();

	private final HybridClock clock = new HybridClock(() -> this.now, "w");

	@Test
	void stampsGrowStrictlyWithinOneMillisecond() {
		Set<Stamp> stamps = new HashSet<>();
		Stamp last = this.clock.next(null);
		for (int i = 0; i < 200_000; i++) {
			Stamp next = this.clock.next(null);
			assertThat(next.compareTo(last)).isPositive();
			assertThat(stamps.add(next)).isTrue();
			last = next;
		}
	}

	@Test
	void stampsGrowWhenTheClockStepsBack() {
		Stamp before = this.clock.next(null);
		this.now = this.now.minus(Duration.ofHours(1));
		assertThat(this.clock.next(null)).isGreaterThan(before);
	}

	@Test
	void stampsShowTheTimeAndTheWriter() {
		Stamp stamp = this.clock.next(null);
		assertThat(stamp.millis()).isEqualTo(this.now.toEpochMilli());
		assertThat(stamp.writer()).isEqualTo("w");
	}

	@Test
	void aStampExceedsItsFloorAlsoFromAClockAhead() {
		Stamp ahead = new Stamp(this.now.toEpochMilli() + 60_000, 7, "zzz");
		assertThat(this.clock.next(ahead)).isGreaterThan(ahead);
		Stamp full = new Stamp(this.now.toEpochMilli() + 60_000, 0xFFFF, "zzz");
		assertThat(this.clock.next(full)).isGreaterThan(full);
		Stamp sameMillisOtherWriter = new Stamp(this.now.toEpochMilli(), 0, "zzz");
		assertThat(this.clock.next(sameMillisOtherWriter)).isGreaterThan(sameMillisOtherWriter);
	}

	@Test
	void aFloorAheadDoesNotMoveTheClock() {
		this.clock.next(new Stamp(this.now.toEpochMilli() + 60_000, 0, "zzz"));
		this.now = this.now.plusMillis(5);
		assertThat(this.clock.next(null).millis()).isEqualTo(this.now.toEpochMilli());
	}

}
