package dev.kvsession.codec.shop;

import org.springframework.security.authentication.LockedException;

/**
 * Has no constructor that takes a message alone.
 */
public class ClosedShopException extends LockedException {

	private static final long serialVersionUID = 1L;

	private final int hour;

	public ClosedShopException(String message, int hour) {
		super(message);
		this.hour = hour;
	}

	public int hour() {
		return this.hour;
	}

}
