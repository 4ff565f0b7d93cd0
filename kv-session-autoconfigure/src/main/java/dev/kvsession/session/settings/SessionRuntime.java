package dev.kvsession.session.settings;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

import dev.kvsession.client.KvScheduler;

/**
 * Everything outside the engine that decides how it runs, so that one seed can decide it
 * all. Immutable.
 *
 * @param clock the time
 * @param nanoTime nanoseconds that only grow, whatever the clock is set to
 * @param scheduler runs delayed tasks
 * @param jitter values from 0 (inclusive) to 1 (exclusive)
 * @param writer the name of this instance in stamps, 1 to 32 characters of {@code
 * [0-9a-z]}
 * @param waiter waits on behalf of blocking callers
 */
public record SessionRuntime(InstantSource clock, LongSupplier nanoTime, KvScheduler scheduler, DoubleSupplier jitter,
		String writer, StageWaiter waiter) {

	private static final int WRITER_RADIX = 36;

	/** The runtime of a real instance, under a random name. */
	public static SessionRuntime of(KvScheduler scheduler) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return new SessionRuntime(InstantSource.system(), System::nanoTime, scheduler,
				() -> ThreadLocalRandom.current().nextDouble(), Long.toString(random.nextLong() >>> 1, WRITER_RADIX),
				StageWaiter::block);
	}

}
