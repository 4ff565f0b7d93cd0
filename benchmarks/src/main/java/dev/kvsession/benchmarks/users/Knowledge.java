package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.Arrays;

import dev.kvsession.session.CookieJar;
import dev.kvsession.session.settings.NearCacheSettings;

/**
 * Tells which requests of one visit have to wait for KV, whatever a store does: the bound
 * that the workload itself sets. It follows from the times of the requests alone and asks
 * nothing of the engine. Confined to whoever has the turn.
 * <p>
 * The rules are those of an ideal store that asks KV at once and gets each answer after
 * KV's median latency:
 * <ul>
 * <li>An instance knows a session since KV has last confirmed it there: by a read, which
 * each request starts that finds it older than {@code near-cache.ttl}, or by a save.
 * <li>A safe request waits if its instance has not known the session within
 * {@code near-cache.max-staleness}, or never. Others that arrive there before that read's
 * answer wait for it as well.
 * <li>An unsafe request waits if its instance has not known the session within
 * {@code near-cache.ttl}.
 * <li>A request that saves waits: a save is acknowledged by KV (P3).
 * <li>What the browser carries counts as known since it was issued, see {@link Carried}.
 * </ul>
 */
final class Knowledge {

	private static final long NEVER = Long.MIN_VALUE / 2;

	private static final long TIME_TO_LIVE = NearCacheSettings.DEFAULT.timeToLive().toNanos();

	private static final long MAX_STALENESS = NearCacheSettings.DEFAULT.maxStaleness().toNanos();

	private final Carried carried;

	private final long latency;

	private final long[] confirmedAt;

	private final long[] answerAt;

	private long issuedAt = NEVER;

	/**
	 * Begins a visit that no instance knows anything of.
	 * @param instances how many instances there are
	 * @param carried what the browser carries
	 * @param latency median latency of KV
	 */
	Knowledge(int instances, Carried carried, Duration latency) {
		this.carried = carried;
		this.latency = latency.toNanos();
		this.confirmedAt = new long[instances];
		this.answerAt = new long[instances];
		Arrays.fill(this.confirmedAt, NEVER);
		Arrays.fill(this.answerAt, NEVER);
	}

	/**
	 * Takes a request into account.
	 * @param instance the instance that it reaches
	 * @param safe whether it is safe; if not, it saves
	 * @param now when it arrives, in nanoseconds
	 * @return whether it has to wait for KV
	 */
	boolean waits(int instance, boolean safe, long now) {
		settle(instance, now);
		long known = Math.max(this.confirmedAt[instance], carried(now));
		if (now - known > TIME_TO_LIVE && this.answerAt[instance] < now) {
			this.answerAt[instance] = now + this.latency;
		}
		return !safe || now - known > MAX_STALENESS;
	}

	private void settle(int instance, long now) {
		if (this.answerAt[instance] <= now) {
			this.confirmedAt[instance] = Math.max(this.confirmedAt[instance], this.answerAt[instance]);
		}
	}

	private long carried(long now) {
		if (this.carried == Carried.EVERY_ANSWER) {
			long newest = NEVER;
			for (int instance = 0; instance < this.confirmedAt.length; instance++) {
				settle(instance, now);
				newest = Math.max(newest, this.confirmedAt[instance]);
			}
			return newest;
		}
		return (now - this.issuedAt < CookieJar.LIFETIME.toNanos()) ? this.issuedAt : NEVER;
	}

	/**
	 * Takes into account that KV has acknowledged a save.
	 * @param instance the instance that saved
	 * @param now when it was acknowledged, in nanoseconds
	 */
	void saved(int instance, long now) {
		this.confirmedAt[instance] = now;
		this.issuedAt = now;
	}

	/**
	 * What the browser carries from one instance to the next.
	 */
	enum Carried {

		/**
		 * The state that a save has left, for as long as a handoff cookie is valid.
		 */
		SAVES,

		/**
		 * What the instance knew that answered last, with the time of its confirmation:
		 * as if each answer renewed the handoff cookie and that were valid for
		 * {@code near-cache.max-staleness}.
		 */
		EVERY_ANSWER

	}

}
