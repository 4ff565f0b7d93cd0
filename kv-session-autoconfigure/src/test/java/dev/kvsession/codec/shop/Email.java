package dev.kvsession.codec.shop;

import java.io.Serializable;

/**
 * What Kotlin makes of {@code @JvmInline value class Email(val value: String)} where it
 * is boxed.
 */
public final class Email implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String value;

	private Email(String address) {
		this.value = address;
	}

	public static Email box(String value) {
		return new Email(value);
	}

	public String getValue() {
		return this.value;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Email email && email.value.equals(this.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

}
