package dev.kvsession.codec.shop;

import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;

/**
 * Serializable, but its JSON loses what it holds, and {@code equals} does not notice.
 */
@JsonAutoDetect(fieldVisibility = Visibility.NONE)
public class Opaque implements Serializable {

	private static final long serialVersionUID = 1L;

	private String text;

	public Opaque with(String text) {
		this.text = text;
		return this;
	}

	public String text() {
		return this.text;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Opaque;
	}

	@Override
	public int hashCode() {
		return 1;
	}

}
