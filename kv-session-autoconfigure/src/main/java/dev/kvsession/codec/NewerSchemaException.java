package dev.kvsession.codec;

import org.jspecify.annotations.Nullable;

/**
 * A stored session record has a schema newer than this version knows; it must be left as
 * it is.
 */
public final class NewerSchemaException extends UnreadableRecordException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what, where and what to do; no attribute value
	 * @param cause what was caught, or {@code null}; its messages must hold no attribute
	 * value
	 */
	public NewerSchemaException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
