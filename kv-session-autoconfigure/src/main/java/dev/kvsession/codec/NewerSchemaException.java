package dev.kvsession.codec;

import org.jspecify.annotations.Nullable;

/** A stored session record has a newer schema and must not be changed. */
public final class NewerSchemaException extends UnreadableRecordException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what, where and what to do; no attribute value
	 * @param cause the cause, or {@code null}; no attribute value in its messages
	 */
	public NewerSchemaException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
