package dev.kvsession.client;

import java.io.IOException;

/**
 * The other side closed a connection before the first byte of an answer, as servers do
 * with one that was idle. The cause of a {@link KvUnknownOutcomeException}, or of a
 * {@link KvUnavailableException} for a read. Such a call may be repeated at once, for all
 * KV calls are idempotent.
 */
public final class UnansweredException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param cause how the connection ended; its message must be free of token, key and
	 * value
	 */
	public UnansweredException(Throwable cause) {
		super("The connection was closed with nothing answered", cause);
	}

}
