package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * Observes each call to KV, for meters and traces. Implementations are safe for
 * concurrent use, do not block, and do not throw.
 */
@FunctionalInterface
public interface KvCallObserver {

	/** Observes nothing. */
	KvCallObserver NOOP = (operation, items) -> (failure) -> {
	};

	/**
	 * Called when a call is sent.
	 * @param operation the operation: {@code bulk get}, {@code put}, {@code bulk put},
	 * {@code delete}, {@code bulk delete} or, when the start is verified, {@code list}
	 * @param items how many keys or pairs it carries
	 * @return receives the end of the call
	 */
	Call started(String operation, int items);

	/** One call in flight. */
	@FunctionalInterface
	interface Call {

		/**
		 * Called once when the call has ended.
		 * @param failure what it failed with, or {@code null} if KV answered
		 */
		void ended(@Nullable Throwable failure);

	}

}
