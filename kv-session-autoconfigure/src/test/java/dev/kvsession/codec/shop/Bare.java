package dev.kvsession.codec.shop;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Writes its secret where its type's name is expected.
 */
public record Bare(String secret) {

	@JsonValue
	public Object[] value() {
		return new Object[] { this.secret, List.of() };
	}

}
