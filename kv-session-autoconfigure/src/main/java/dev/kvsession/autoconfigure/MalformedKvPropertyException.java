package dev.kvsession.autoconfigure;

/**
 * A part of the connection cannot be right. Its value is never repeated: whoever mixes up
 * namespace id and token would find the token in the log.
 */
final class MalformedKvPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message the property in quotes and what it must be; a second sentence says
	 * what to do
	 */
	MalformedKvPropertyException(String message) {
		super(message);
	}

}
