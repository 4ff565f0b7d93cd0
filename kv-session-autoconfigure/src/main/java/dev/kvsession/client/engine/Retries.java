package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.UnansweredException;

/**
 * How often and when an item is repeated. Immutable.
 */
final class Retries {

	/**
	 * No repetition.
	 */
	static final long NEVER = -1;

	/**
	 * As Cloudflare's own SDK does it: twice, after 0.5 s and 1 s, up to a quarter less.
	 * Source: npm package cloudflare 7.3.0, client.js (read 2026-11).
	 */
	private static final int MOST = 2;

	private static final Duration READ = Duration.ofMillis(500);

	private static final double JITTER = 0.25;

	/**
	 * KV takes one write a second of a key, and a write that seems to have failed may
	 * have happened. Source: developers.cloudflare.com/kv/platform/limits (read 2026-11).
	 */
	private static final Duration WRITE = Duration.ofSeconds(1);

	/**
	 * Enough for a few instances that write a key in turns; more is a hot key that KV
	 * cannot carry.
	 */
	private static final int MOST_CONFLICTS = 4;

	private final DoubleSupplier jitter;

	Retries(DoubleSupplier jitter) {
		this.jitter = jitter;
	}

	/**
	 * Computes the wait after a failure, which it counts. The first time that a
	 * connection is closed with nothing answered says nothing of KV: servers close those
	 * that are idle.
	 * @param item what failed
	 * @param failure the failure
	 * @return nanoseconds, or {@link #NEVER}
	 */
	long after(Item item, Throwable failure) {
		if (isConflict(failure)) {
			item.countConflict();
			return (item.conflicts() <= MOST_CONFLICTS) ? longer(WRITE.toNanos()) : NEVER;
		}
		if (failure.getCause() instanceof UnansweredException && !item.isRepeatedAtOnce()) {
			item.repeatAtOnce();
			return 0;
		}
		item.countFailure();
		boolean mayPass = failure instanceof KvUnavailableException || failure instanceof KvUnknownOutcomeException;
		if (!mayPass || item.failures() > MOST) {
			return NEVER;
		}
		long doubled = 1L << (item.failures() - 1);
		return (item.kind() != CallKind.READ) ? longer(WRITE.toNanos() * doubled) : shorter(READ.toNanos() * doubled);
	}

	private static boolean isConflict(Throwable failure) {
		return failure instanceof KvKeyRateLimitException || (failure instanceof KvUnknownOutcomeException
				&& failure.getCause() instanceof KvKeyRateLimitException);
	}

	private long longer(long nanos) {
		return (long) (nanos * (1 + JITTER * this.jitter.getAsDouble()));
	}

	private long shorter(long nanos) {
		return (long) (nanos * (1 - JITTER * this.jitter.getAsDouble()));
	}

}
