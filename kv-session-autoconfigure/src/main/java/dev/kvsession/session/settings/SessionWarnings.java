package dev.kvsession.session.settings;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.support.RepeatedWarning;
import dev.kvsession.client.support.Stages;

/**
 * Warnings that many requests or sessions may repeat: of each kind the first, then a
 * summary each ten seconds. Safe for concurrent use.
 */
public final class SessionWarnings {

	private final Map<String, RepeatedWarning> kinds = new ConcurrentHashMap<>();

	private final KvScheduler scheduler;

	public SessionWarnings(KvScheduler scheduler) {
		this.scheduler = scheduler;
	}

	/** Logs or counts a warning that ends with {@link #reason}. */
	public void warn(Logger logger, String what, Throwable reason, String message) {
		warn(logger, what, reason, message, reason(reason));
	}

	/**
	 * Logs or counts a warning: {@code what} is counted, in the plural, by the type of
	 * the reason; message and words, which end it, contain no id or value.
	 */
	public void warn(Logger logger, String what, Throwable reason, String message, @Nullable String words) {
		this.kinds.computeIfAbsent(what, (key) -> new RepeatedWarning(logger, this.scheduler::schedule, key))
			.warn(Stages.unwrap(reason).getClass().getSimpleName(), message + ": " + words);
	}

	/**
	 * Describes a failure for the log: the message of the library's own exception, which
	 * contains neither ids nor values; else only the class, since a message may contain
	 * the key and so the session's id.
	 */
	public static String reason(Throwable failure) {
		Throwable reason = Stages.unwrap(failure);
		return (reason instanceof KvException) ? String.valueOf(reason.getMessage()) : reason.getClass().getName();
	}

}
