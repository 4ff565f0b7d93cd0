package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * Is told of each call to KV, for meters and traces. Implementations are safe for
 * concurrent use, do not block, and do not throw.
 */
@FunctionalInterface
public interface KvCallObserver {

	/**
	 * Observes nothing.
	 */
	KvCallObserver NOOP = (operation, items) -> (failure) -> {
	};

	/**
	 * Called when a call is sent.
	 * @param operation what is asked: {@code bulk get}, {@code put}, {@code bulk put},
	 * {@code delete}, {@code bulk delete} or, when the start is verified, {@code list}
	 * @param items how many keys or pairs it carries
	 * @return is told how the call ended
	 */
	Call started(String operation, int items);

	/**
	 * One call under way.
	 */
	@FunctionalInterface
	interface Call {

		/**
		 * Called once when the call has ended.
		 * @param failure what it failed with, or {@code null} if KV answered
		 */
		void ended(@Nullable Throwable failure);

	}

}
