package dev.kvsession.benchmarks.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was promised, and what was lost. Safe for concurrent use.
 */
final class Findings {

	private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

	private final List<String> details = new ArrayList<>();

	/**
	 * Counts something.
	 * @param kind what it is
	 */
	synchronized void count(Kind kind) {
		this.counts.merge(kind, 1, Integer::sum);
	}

	/**
	 * Counts something of which somebody will want to know more.
	 * @param kind what it is
	 * @param detail the rest, without secrets
	 */
	synchronized void count(Kind kind, String detail) {
		count(kind);
		this.details.add(kind.words + ": " + detail);
		System.out.println("  ! " + kind.words + ": " + detail);
	}

	synchronized int of(Kind kind) {
		return this.counts.getOrDefault(kind, 0);
	}

	synchronized int losses() {
		return this.counts.entrySet()
			.stream()
			.filter((count) -> count.getKey().loss)
			.mapToInt(Map.Entry::getValue)
			.sum();
	}

	synchronized List<String> details() {
		return List.copyOf(this.details);
	}

	/**
	 * What is counted.
	 */
	enum Kind {

		LOGIN("logins acknowledged", false),

		CHANGE("changes acknowledged", false),

		LOGOUT("logouts acknowledged", false),

		KILL("instances killed", false),

		LOGGED_OUT("users logged out against their will", true),

		FOREIGN("pages of somebody else", true),

		WRONG("wrong answers, and 503 without Retry-After", true),

		CHANGE_LOST("changes lost", true),

		CHANGE_EXCUSED("changes lost within the documented exceptions", false),

		END_ASKED_FOR("requests with an id that ended more than seven minutes before", false),

		END_SERVED("ended sessions served later than documented", true),

		END_LEFT("ended sessions left in KV", true),

		END_EXCUSED("ended sessions left by a killed instance (excused)", false),

		LOG_LINE("lines in the logs, warnings and errors", false),

		SECRET("ids or tokens in the logs", true);

		private final String words;

		private final boolean loss;

		Kind(String words, boolean loss) {
			this.words = words;
			this.loss = loss;
		}

		String words() {
			return this.words;
		}

		boolean isLoss() {
			return this.loss;
		}

	}

}
