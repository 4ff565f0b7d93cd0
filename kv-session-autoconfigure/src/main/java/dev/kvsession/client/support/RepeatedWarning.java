package dev.kvsession.client.support;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Limits a warning that a flood of requests may repeat: the first is logged, the others
 * are counted and summed up every ten seconds, until ten seconds pass without one. Safe
 * for concurrent use.
 */
public final class RepeatedWarning {

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	/** Reasons told apart in a summary. */
	private static final int MOST_REASONS = 8;

	private static final String OTHERS = "others";

	private final Logger logger;

	private final BiConsumer<Runnable, Duration> scheduler;

	private final String what;

	private final Map<String, Long> counts = new TreeMap<>();

	private String last = "";

	private boolean quiet;

	/**
	 * {@code what} is counted, in the plural, for example {@code failed requests}. {@code
	 * scheduler} runs a task after a delay.
	 */
	public RepeatedWarning(Logger logger, BiConsumer<Runnable, Duration> scheduler, String what) {
		this.logger = logger;
		this.scheduler = scheduler;
		this.what = what;
	}

	/**
	 * Logs or counts. The reason is one of a few; no message has a token, id or value.
	 */
	public void warn(String reason, String message) {
		if (isFirst(reason, message)) {
			log(message);
		}
	}

	private synchronized boolean isFirst(String reason, String message) {
		if (!this.quiet) {
			this.quiet = true;
			return true;
		}
		boolean told = this.counts.containsKey(reason) || this.counts.size() < MOST_REASONS;
		this.counts.merge(told ? reason : OTHERS, 1L, Long::sum);
		this.last = message;
		return false;
	}

	private void log(String message) {
		this.logger.warn(message);
		try {
			this.scheduler.accept(this::sumUp, INTERVAL);
		}
		catch (RejectedExecutionException ex) {
			end();
		}
	}

	private void sumUp() {
		String summary = summary();
		if (summary != null) {
			log(summary);
		}
	}

	private synchronized @Nullable String summary() {
		long count = this.counts.values().stream().mapToLong(Long::longValue).sum();
		if (count == 0) {
			this.quiet = false;
			return null;
		}
		String reasons = this.counts.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + entry.getValue())
			.collect(Collectors.joining(", "));
		this.counts.clear();
		return count + " more " + this.what + " in the last " + INTERVAL.toSeconds() + " s (" + reasons
				+ "). The last: " + this.last;
	}

	private synchronized void end() {
		this.quiet = false;
	}

}
