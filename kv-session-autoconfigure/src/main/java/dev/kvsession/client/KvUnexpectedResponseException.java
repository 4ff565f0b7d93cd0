package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * The answer is not KV's: a proxy's page, a redirect, a 4xx without a code of the API, a
 * body that cannot be read, a success that reports failure, or a read whose answer leaves
 * out a key or names another one. A write does not count as done.
 */
public sealed class KvUnexpectedResponseException extends KvException
		permits KvAnswerTooLargeException, KvForeignRefusalException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what failed, where, and what to do; no token, key or value
	 * @param cause the cause, or {@code null}; its message must be free of them as well
	 */
	public KvUnexpectedResponseException(String message, @Nullable Throwable cause) {
		super(Kind.UNEXPECTED, message, cause);
	}

	KvUnexpectedResponseException(Kind kind, String message, @Nullable Throwable cause) {
		super(kind, message, cause);
	}

}
