package dev.kvsession.codec.shop;

/**
 * An exception that has nothing to do with logins.
 */
public class ShopException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int code;

	public ShopException(String message, Throwable cause, int code) {
		super(message, cause);
		this.code = code;
	}

	public int code() {
		return this.code;
	}

}
