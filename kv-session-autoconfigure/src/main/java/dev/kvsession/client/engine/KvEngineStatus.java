package dev.kvsession.client.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How the engine stands at one moment, from memory. Immutable; names no keys.
 *
 * @param circuit whether calls are made
 * @param blockedFor how long KV wants no calls for the token's sake, or {@code null} if
 * it takes them
 * @param budgetCalls the calls granted per period, 0 for no bound
 * @param budgetLeft how many calls may be made before the oldest of the period ends; -1
 * if there is no bound
 * @param underWay calls sent and not answered
 * @param waitingReads keys that wait to be read
 * @param waitingWrites keys that wait to be written or deleted
 */
public record KvEngineStatus(Circuit circuit, @Nullable Duration blockedFor, int budgetCalls, int budgetLeft,
		int underWay, int waitingReads, int waitingWrites) {

	/**
	 * Whether calls are made.
	 */
	public enum Circuit {

		/**
		 * KV answers.
		 */
		CLOSED,

		/**
		 * KV was down a moment ago; one call in the background finds out whether it is
		 * back.
		 */
		HALF_OPEN,

		/**
		 * KV is down; nothing is sent.
		 */
		OPEN

	}

}
