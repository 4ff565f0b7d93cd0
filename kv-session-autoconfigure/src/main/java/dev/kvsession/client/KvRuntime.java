package dev.kvsession.client;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The engine's sources of time and chance, so that a test can control them with one seed.
 * Immutable.
 *
 * @param clock the time of day
 * @param nanoTime nanoseconds that only grow, whatever the clock is set to
 * @param scheduler runs tasks later
 * @param jitter values from 0 (inclusive) to 1 (exclusive)
 */
public record KvRuntime(InstantSource clock, LongSupplier nanoTime, KvScheduler scheduler, DoubleSupplier jitter) {

	/**
	 * The runtime of a real instance.
	 * @param scheduler runs tasks later
	 * @return the runtime
	 */
	public static KvRuntime system(KvScheduler scheduler) {
		return new KvRuntime(InstantSource.system(), System::nanoTime, scheduler,
				() -> ThreadLocalRandom.current().nextDouble());
	}

}
