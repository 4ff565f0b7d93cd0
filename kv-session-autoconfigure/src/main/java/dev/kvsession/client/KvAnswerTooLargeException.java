package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * The answer is longer than the transport accepts. KV works, and a read of fewer keys may
 * succeed; that of a single key cannot. A write does not count as done.
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
