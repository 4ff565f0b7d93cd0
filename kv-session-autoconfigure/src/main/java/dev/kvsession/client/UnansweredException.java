package dev.kvsession.client;

import java.io.IOException;

/**
 * The server closed the connection before the first byte of an answer, as servers do with
 * idle connections. The cause of a {@link KvUnknownOutcomeException}, or of a read's
 * {@link KvUnavailableException}. Such a call may be repeated at once.
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
