package dev.kvsession.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How the engine stands at one moment, from memory. Immutable; names no keys.
 *
 * @param circuit whether calls are made
 * @param blockedFor how long KV wants no calls for the token's sake, or {@code null} if
 * it takes them
 * @param budgetCalls the calls granted per period, 0 for no bound
 * @param budgetLeft how many calls may be made before the oldest of the period ends, or
 * as many as KV has said the token to have left if those are fewer; -1 if there is no
 * bound
 * @param underWay calls sent and not answered
 * @param waitingReads keys that wait to be read
 * @param waitingWrites keys that wait to be written or deleted
 * @param quotaUsedUp what is not sent since the account's daily quota of it is used up,
 * until 00:00 UTC, but for one call an hour: {@code reads}, {@code writes} and
 * {@code deletes}, or fewer, or none
 * @param refused how many reads, writes and deletes were turned away without a call since
 * the start, by reason: {@code queue_full} (too many keys waited already),
 * {@code waited_too_long} (there was no call to be had in time) and {@code strangers}
 * (unknown keys had used up their part of the calls); always all three
 * @param lastFailure how a call failed last, or {@code null} if none has since the start;
 * while KV refuses the token, the account or the namespace, how it does
 */
public record KvEngineStatus(Circuit circuit, @Nullable Duration blockedFor, int budgetCalls, int budgetLeft,
		int underWay, int waitingReads, int waitingWrites, Set<String> quotaUsedUp, Map<String, Long> refused,
		@Nullable LastFailure lastFailure) {

	/**
	 * Creates a status.
	 */
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
	 * done nothing of this kind since: somebody has to put it right
	 */
	public record LastFailure(String message, Instant at, boolean lasting) {

		public LastFailure asLasting() {
			return new LastFailure(this.message, this.at, true);
		}

	}

	/**
	 * Whether calls are made.
	 */
	public enum Circuit {

		/** KV answers. */
		CLOSED,

		/**
		 * KV was down a moment ago; one call in the background finds out whether it is
		 * back.
		 */
		HALF_OPEN,

		/** KV is down; nothing is sent. */
		OPEN

	}

}
