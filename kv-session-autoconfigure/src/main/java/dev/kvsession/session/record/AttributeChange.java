package dev.kvsession.session.record;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;

/**
 * One attribute set, or removed if {@code stored} and {@code value} are null. Immutable.
 */
public record AttributeChange(Stamp at, @Nullable StoredAttribute stored, @Nullable Object value) {

	@Override
	public String toString() {
		return "AttributeChange[at=" + this.at + ", removed=" + (this.stored == null) + "]";
	}

}
