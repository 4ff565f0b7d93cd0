package dev.kvsession.codec;

/** A stored session record is encrypted with a key that is not configured. */
public final class UnknownKeyException extends UnreadableRecordException {

	private static final long serialVersionUID = 1L;

	private final String keyName;

	/**
	 * Creates the exception.
	 * @param message what, where and what to do; no attribute value
	 * @param keyName the name of the key, of {@code [a-z0-9]}
	 */
	public UnknownKeyException(String message, String keyName) {
		super(message, null);
		this.keyName = keyName;
	}

	/**
	 * Returns the name of the key.
	 * @return characters of {@code [a-z0-9]}
	 */
	public String keyName() {
		return this.keyName;
	}

}
