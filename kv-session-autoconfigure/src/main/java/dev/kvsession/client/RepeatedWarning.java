package dev.kvsession.client;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One kind of warning that a flood of requests may repeat: the first is logged as it is,
 * those that follow are counted and summed up each ten seconds, until ten seconds pass
 * without one. Not API. Safe for concurrent use.
 */
public final class RepeatedWarning {

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	/** Reasons told apart in a summary. */
	private static final int MOST_REASONS = 8;

	private static final String OTHERS = "others";

	private final Logger logger;

	private final KvScheduler scheduler;

	private final String what;

	private final Map<String, Long> counts = new TreeMap<>();

	private String last = "";

	private boolean quiet;

	/**
	 * Creates a kind of warning.
	 * @param logger where it is logged
	 * @param scheduler runs the summaries
	 * @param what what is counted, in the plural, for example {@code requests answered
	 * without a session}
	 */
	public RepeatedWarning(Logger logger, KvScheduler scheduler, String what) {
		this.logger = logger;
		this.scheduler = scheduler;
		this.what = what;
	}

	/**
	 * Logs or counts.
	 * @param reason counted apart in summaries; one of a few
	 * @param message the whole message; no token, id or value
	 */
	public void warn(String reason, String message) {
		if (isFirst(reason, message)) {
			this.logger.warn(message);
			if (!planned()) {
				end();
			}
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

	private boolean planned() {
		try {
			this.scheduler.schedule(this::sumUp, INTERVAL);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private void sumUp() {
		String summary = summary();
		if (summary == null) {
			return;
		}
		this.logger.warn(summary);
		if (!planned()) {
			end();
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
