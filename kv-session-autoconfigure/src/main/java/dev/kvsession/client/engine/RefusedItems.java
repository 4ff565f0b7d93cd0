package dev.kvsession.client.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts what was turned away without a call, since the start. Guarded by the engine's
 * lock.
 */
final class RefusedItems {

	private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

	void count(Reason reason) {
		this.counts.merge(reason, 1L, Long::sum);
	}

	/**
	 * Lists the counts.
	 * @return a copy that has all reasons
	 */
	Map<String, Long> byReason() {
		return Arrays.stream(Reason.values())
			.collect(Collectors.toUnmodifiableMap(Reason::label, (reason) -> this.counts.getOrDefault(reason, 0L)));
	}

	/**
	 * Why something was turned away.
	 */
	enum Reason {

		QUEUE_FULL("queue_full"), WAITED_TOO_LONG("waited_too_long"), STRANGERS("strangers");

		private final String label;

		Reason(String label) {
			this.label = label;
		}

		String label() {
			return this.label;
		}

	}

}
