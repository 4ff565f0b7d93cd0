package dev.kvsession.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The engine's status at one moment, from memory. Immutable; names no keys.
 *
 * @param circuit whether calls are made
 * @param blockedFor how long KV still blocks the token, or {@code null} if it does not
 * @param budgetCalls the calls granted per period, 0 for no bound
 * @param budgetLeft how many calls may be made before the oldest of the period ends, by
 * the budget and by the rate limit that KV reports; -1 for no bound
 * @param underWay calls in flight
 * @param waitingReads keys queued for a read
 * @param waitingWrites keys queued for a write or delete
 * @param quotaUsedUp the kinds of calls ({@code reads}, {@code writes}, {@code deletes})
 * whose daily quota is used up: none is sent until 00:00 UTC, except one an hour
 * @param refused how many reads, writes and deletes were rejected since the start, by
 * reason: {@code queue_full} (too many keys were queued), {@code waited_too_long} (no
 * call was possible in time) and {@code strangers} (unknown keys had used up their part
 * of the calls); always all three
 * @param lastFailure how a call failed last, or {@code null} for none since the start;
 * while KV refuses the token, the account or the namespace, that failure
 */
public record KvEngineStatus(Circuit circuit, @Nullable Duration blockedFor, int budgetCalls, int budgetLeft,
		int underWay, int waitingReads, int waitingWrites, Set<String> quotaUsedUp, Map<String, Long> refused,
		@Nullable LastFailure lastFailure) {

	public KvEngineStatus {
		quotaUsedUp = Set.copyOf(quotaUsedUp);
		refused = Map.copyOf(refused);
	}

	/**
	 * How a call failed.
	 *
	 * @param message what failed, and what to do; no token, key or value
	 * @param at when
	 * @param lasting whether KV refuses the token, the account or the namespace, and has
	 * served no call of this kind since: the configuration has to be corrected
	 */
	public record LastFailure(String message, Instant at, boolean lasting) {

		public LastFailure asLasting() {
			return new LastFailure(this.message, this.at, true);
		}

	}

	/** Whether calls are made. */
	public enum Circuit {

		/** KV answers. */
		CLOSED,

		/** KV was down a moment ago; one background call probes it. */
		HALF_OPEN,

		/** KV is down; nothing is sent. */
		OPEN

	}

}
