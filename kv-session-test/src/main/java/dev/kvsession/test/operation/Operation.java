package dev.kvsession.test.operation;

import java.util.List;
import java.util.Map;

import dev.kvsession.test.format.Answer;
import dev.kvsession.test.format.Refusal;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.store.Turn;

/** A request, parsed and checked, ready to run. Times to live are in seconds. */
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

	@FunctionalInterface
	interface Action {

		/** Runs the operation, or refuses. */
		Answer run(Turn turn);

	}

}
