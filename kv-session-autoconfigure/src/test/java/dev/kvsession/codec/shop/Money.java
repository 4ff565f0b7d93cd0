package dev.kvsession.codec.shop;

import java.io.Serializable;

/**
 * Immutable, made by its constructor alone.
 */
public final class Money implements Serializable {

	private static final long serialVersionUID = 1L;

	private final long cents;

	private final String currency;

	public Money(long cents, String currency) {
		this.cents = cents;
		this.currency = currency;
	}

	public long cents() {
		return this.cents;
	}

	public String currency() {
		return this.currency;
	}

}
