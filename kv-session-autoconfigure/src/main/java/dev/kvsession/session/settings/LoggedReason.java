package dev.kvsession.session.settings;

import dev.kvsession.client.KvException;
import dev.kvsession.client.support.Stages;

/**
 * Says in the log why something failed. The library's own exceptions name neither ids nor
 * values; those of a user's client may name the key, and with it the session's id.
 */
public final class LoggedReason {

	private LoggedReason() {
	}

	/**
	 * Describes a failure.
	 * @param failure the failure, wrapped or as it is
	 * @return its message if it is the library's, else the name of its class
	 */
	public static String of(Throwable failure) {
		Throwable reason = Stages.unwrap(failure);
		return (reason instanceof KvException) ? String.valueOf(reason.getMessage()) : reason.getClass().getName();
	}

}
