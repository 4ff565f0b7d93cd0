package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * The answer is longer than the transport takes. KV is there, and a read of fewer keys at
 * once may succeed; of a single key it does not. A write must not be taken as done.
 */
public final class KvAnswerTooLargeException extends KvUnexpectedResponseException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvAnswerTooLargeException(String message, @Nullable Throwable cause) {
		super(Kind.TOO_LARGE, message, cause);
	}

}
