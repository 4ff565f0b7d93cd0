package dev.kvsession.client.engine.pace;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvRateLimit;

/**
 * Detects other users of the token: KV reports fewer remaining calls than our own calls
 * explain. Then background calls slow down, so that some calls remain until the count
 * starts anew; the last few are kept for logins. Guarded by the engine's lock. Times are
 * nanoseconds.
 */
final class ForeignUse {

	/** Over what time others' calls are averaged. */
	private static final double MEMORY = Duration.ofMinutes(1).toNanos();

	/** Less than one call of others a minute does not count. */
	private static final double NOISE = 1.0 / Duration.ofMinutes(1).toNanos();

	/** Part of the share that background work leaves. */
	private static final double RESERVE = 0.1;

	/** Part of the share that all but logins leave. */
	private static final double LAST = 0.02;

	/**
	 * Bounds the time to the next count: KV's windows take minutes, and a proxy may send
	 * a point in time instead of a wait.
	 */
	private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

	private final int calls;

	private @Nullable KvRateLimit last;

	private @Nullable KvRateLimit seen;

	private boolean askedAnew;

	private long seenAt;

	private long resetAt;

	private long sent;

	private long sentWhenSeen;

	private double foreign;

	private long lastBackground;

	ForeignUse(int calls) {
		this.calls = calls;
	}

	/** Counts a call of our own. */
	void sent(KvCallClass callClass, long now) {
		this.sent++;
		this.askedAnew |= now >= this.resetAt;
		if (callClass.isBackground()) {
			this.lastBackground = now;
		}
	}

	/** Notes the rate limit of an answer. */
	void observe(KvRateLimit limit, long now) {
		if (limit == this.last) {
			return;
		}
		this.last = limit;
		this.askedAnew = false;
		this.foreign *= Math.exp(-(now - this.seenAt) / MEMORY);
		if (this.seen != null) {
			long unexplained = this.seen.remaining() - limit.remaining() - (this.sent - this.sentWhenSeen);
			this.foreign += Math.max(0, unexplained);
		}
		this.seen = limit;
		this.seenAt = now;
		this.sentWhenSeen = this.sent;
		this.resetAt = now + wait(limit.resetAfter()).toNanos();
	}

	private static Duration wait(@Nullable Duration resetAfter) {
		Duration wait = (resetAfter != null) ? resetAfter : Duration.ZERO;
		if (wait.isNegative()) {
			return Duration.ZERO;
		}
		return (wait.compareTo(LONGEST_WINDOW) < 0) ? wait : LONGEST_WINDOW;
	}

	/**
	 * Forgets an old count: a call sent after it should have begun anew brought no news.
	 */
	void answered(long now) {
		if (this.askedAnew && now >= this.resetAt) {
			this.seen = null;
			this.askedAnew = false;
		}
	}

	/**
	 * Forgets the count after a block. If the client reports the same again, that is no
	 * news.
	 */
	void forget() {
		this.seen = null;
		this.foreign = 0;
	}

	/** How many calls the token should have left; MAX_VALUE if unknown. */
	double left() {
		return (this.seen != null) ? this.seen.remaining() - (double) (this.sent - this.sentWhenSeen)
				: Double.MAX_VALUE;
	}

	/** As {@link #left()}, but MAX_VALUE also if the count should have begun anew. */
	double left(long now) {
		return (now < this.resetAt) ? left() : Double.MAX_VALUE;
	}

	/** When a call may leave; MAX_VALUE if an answer has to be awaited. */
	long earliest(KvCallClass callClass, int underWay, long now) {
		double last = (callClass != KvCallClass.LOGIN) ? this.calls * LAST : 0;
		if (left() <= last) {
			// Once the count should have changed, one call finds out how.
			return (now < this.resetAt) ? this.resetAt : ((underWay > 0) ? Long.MAX_VALUE : now);
		}
		return callClass.isBackground() ? background(now) : now;
	}

	private long background(long now) {
		double rate = this.foreign * Math.exp(-(now - this.seenAt) / MEMORY) / MEMORY;
		if (rate < NOISE || now >= this.resetAt) {
			return now;
		}
		double time = this.resetAt - now;
		double spare = left() - rate * time - this.calls * RESERVE;
		return (spare < 1) ? this.resetAt : this.lastBackground + (long) (time / spare);
	}

}
