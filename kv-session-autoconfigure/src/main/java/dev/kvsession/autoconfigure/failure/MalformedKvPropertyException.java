package dev.kvsession.autoconfigure.failure;

import org.jspecify.annotations.Nullable;

/**
 * A part of the connection cannot be right. Its value is never repeated: whoever mixes up
 * namespace id and token would find the token in the log.
 */
public final class MalformedKvPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String bean;

	/**
	 * Creates the exception.
	 * @param message the property in quotes and what it must be; a second sentence says
	 * what to do
	 * @param bean the type of the bean that returned it, or {@code null} if it was read
	 * from the property
	 */
	public MalformedKvPropertyException(String message, @Nullable String bean) {
		super(message);
		this.bean = bean;
	}

	@Nullable String bean() {
		return this.bean;
	}

}
