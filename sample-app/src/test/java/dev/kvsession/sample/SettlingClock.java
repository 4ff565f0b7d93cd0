package dev.kvsession.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The system's clock, which can be told that time has passed.
 */
final class SettlingClock implements InstantSource {

	private final AtomicReference<Duration> skipped = new AtomicReference<>(Duration.ZERO);

	void skip(Duration duration) {
		this.skipped.accumulateAndGet(duration, Duration::plus);
	}

	@Override
	public Instant instant() {
		return InstantSource.system().instant().plus(this.skipped.get());
	}

}
