package dev.kvsession.codec;

import org.springframework.util.Assert;

/**
 * One session attribute as it lies in the record: its envelope. Immutable.
 *
 * @param at when it was set
 * @param format how the value is encoded, the envelope's field name: {@code json},
 * {@code jdk}, or a name that a newer version knows
 * @param raw JSON text of the encoded value exactly as it was read or written, so that an
 * attribute nobody touches is written back byte for byte
 */
public record StoredAttribute(Stamp at, String format, String raw) {

	public StoredAttribute {
		Assert.notNull(at, "'at' must not be null");
		Assert.hasText(format, "'format' must not be empty");
		Assert.hasLength(raw, "'raw' must not be empty");
	}

	@Override
	public String toString() {
		return "StoredAttribute[at=" + this.at + ", format=" + this.format + ", " + this.raw.length() + " chars]";
	}

}
