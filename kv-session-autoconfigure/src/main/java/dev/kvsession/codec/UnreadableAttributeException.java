package dev.kvsession.codec;

import org.jspecify.annotations.Nullable;

/** An attribute of a stored session cannot be read. */
public final class UnreadableAttributeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what, where and what to do; no attribute value
	 * @param cause the cause, or {@code null}; no attribute value in its messages
	 */
	public UnreadableAttributeException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
