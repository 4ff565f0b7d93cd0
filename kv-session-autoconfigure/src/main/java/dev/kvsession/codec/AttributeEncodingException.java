package dev.kvsession.codec;

import org.jspecify.annotations.Nullable;

/** An attribute's value cannot be stored so that it comes back as it is. */
public final class AttributeEncodingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean changing;

	/**
	 * Creates the exception.
	 * @param message what, where and what to do; no attribute value
	 * @param cause the cause, or {@code null}; no attribute value in its messages
	 */
	public AttributeEncodingException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.changing = false;
	}

	AttributeEncodingException(String message) {
		super(message);
		this.changing = true;
	}

	/**
	 * Whether another thread changed the value while it was encoded, so that it may
	 * succeed a moment later.
	 * @return whether it did
	 */
	public boolean isChanging() {
		return this.changing;
	}

}
