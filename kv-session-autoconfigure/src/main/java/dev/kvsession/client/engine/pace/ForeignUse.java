package dev.kvsession.client.engine.pace;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvRateLimit;

/**
 * Notices others who use the same token: KV says less calls to be left than our own calls
 * explain. Then what nobody waits for gives way, so that some calls stay left until the
 * count starts anew; and whoever sends, the last of them are not used up. Guarded by the
 * engine's lock. Times are nanoseconds.
 */
final class ForeignUse {

	/** Over what time others' calls are averaged. */
	private static final double MEMORY = Duration.ofMinutes(1).toNanos();

	/** Fewer calls of others than one a minute are not worth a retreat. */
	private static final double NOISE = 1.0 / Duration.ofMinutes(1).toNanos();

	/** Part of the share that background work leaves. */
	private static final double RESERVE = 0.1;

	/** Part of the share that all but logins leave. */
	private static final double LAST = 0.02;

	/**
	 * A later end of KV's count is not believed: its windows take minutes, and a proxy
	 * may mean a point in time by what should be a wait.
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

	private double credit;

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

	/**
	 * Takes over what an answer said.
	 * @param limit what it said
	 * @param underWay own calls that KV may not have counted yet
	 */
	void observe(KvRateLimit limit, int underWay, long now) {
		if (limit == this.last) {
			return;
		}
		this.last = limit;
		this.askedAnew = false;
		this.foreign *= Math.exp(-(now - this.seenAt) / MEMORY);
		if (this.seen != null) {
			double unexplained = this.seen.remaining() - limit.remaining() - (this.sent - this.sentWhenSeen)
					+ this.credit;
			this.foreign += Math.max(0, unexplained);
			this.credit = Math.max(-underWay, Math.min(0, unexplained));
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
	 * Lets what was said grow old: once the count should have begun anew, and a call sent
	 * since then has brought no news, nothing is known.
	 */
	void answered(long now) {
		if (this.askedAnew && now >= this.resetAt) {
			this.seen = null;
			this.askedAnew = false;
		}
	}

	/**
	 * Forgets what was said, since a block has begun all anew. If the client goes on
	 * saying it, that is no news.
	 */
	void forget() {
		this.seen = null;
		this.foreign = 0;
		this.credit = 0;
	}

	/**
	 * How many calls the token should have left.
	 * @return the number, or the greatest value if nothing is known
	 */
	double left() {
		return (this.seen != null) ? this.seen.remaining() - (double) (this.sent - this.sentWhenSeen)
				: Double.MAX_VALUE;
	}

	/**
	 * How many calls the token should have left before its count begins anew.
	 * @return the number, or the greatest value if nothing is known or it is too old
	 */
	double left(long now) {
		return (now < this.resetAt) ? left() : Double.MAX_VALUE;
	}

	/**
	 * Tells when a call may leave, for the others' sake.
	 * @param underWay own calls without answer
	 * @return nanoseconds; the greatest value if an answer has to be waited for
	 */
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
