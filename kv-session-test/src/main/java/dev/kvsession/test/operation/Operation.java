package dev.kvsession.test.operation;

import java.util.List;
import java.util.Map;

import dev.kvsession.test.format.Answer;
import dev.kvsession.test.format.Refusal;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.store.Turn;

/**
 * What a request asks for, parsed and checked, ready to run.
 *
 * @param kind the kind of call
 * @param keys the keys it names
 * @param ttls the times to live it sends, in seconds
 * @param action what to do
 */
public record Operation(KvCallKind kind, List<String> keys, Map<String, Long> ttls, Action action) {

	static Operation of(KvCallKind kind, Action action) {
		return new Operation(kind, List.of(), Map.of(), action);
	}

	static Operation of(KvCallKind kind, List<String> keys, Action action) {
		return new Operation(kind, keys, Map.of(), action);
	}

	static Operation refused(KvCallKind kind, Refusal refusal) {
		return of(kind, (turn) -> refusal.answer());
	}

	/** Does what was asked for. */
	@FunctionalInterface
	interface Action {

		/**
		 * Runs the operation.
		 * @param turn the circumstances
		 * @return the answer
		 * @throws Refusal if it is refused
		 */
		Answer run(Turn turn);

	}

}
