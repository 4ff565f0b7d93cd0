package dev.kvsession.session.settings;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.RepeatedWarning;
import dev.kvsession.client.support.Stages;

/**
 * Warnings that each request or session of many may repeat: of each kind the first, then
 * a summary each ten seconds. Safe for concurrent use.
 */
public final class SessionWarnings {

	private final Map<String, RepeatedWarning> kinds = new ConcurrentHashMap<>();

	private final KvScheduler scheduler;

	public SessionWarnings(KvScheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Logs or counts a warning.
	 * @param logger where it is logged
	 * @param what what is counted, in the plural; one of a few
	 * @param reason why, whose type is counted apart and whose message ends the warning
	 * if it is the library's own
	 * @param message the beginning of the message; no id or value
	 */
	public void warn(Logger logger, String what, Throwable reason, String message) {
		warn(logger, what, reason, message, LoggedReason.of(reason));
	}

	/**
	 * Logs or counts a warning.
	 * @param logger where it is logged
	 * @param what what is counted, in the plural; one of a few
	 * @param reason why, whose type is counted apart
	 * @param message the beginning of the message; no id or value
	 * @param words the end of the message; no id or value
	 */
	public void warn(Logger logger, String what, Throwable reason, String message, @Nullable String words) {
		this.kinds.computeIfAbsent(what, (key) -> new RepeatedWarning(logger, this.scheduler, key))
			.warn(Stages.unwrap(reason).getClass().getSimpleName(), message + ": " + words);
	}

}
