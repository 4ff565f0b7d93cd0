package dev.kvsession.session.record;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;

/**
 * One attribute set or removed. Immutable.
 *
 * @param at when
 * @param stored the encoded value, or {@code null} if it was removed
 * @param value the live value, or {@code null} if it was removed
 */
public record AttributeChange(Stamp at, @Nullable StoredAttribute stored, @Nullable Object value) {

	@Override
	public String toString() {
		return "AttributeChange[at=" + this.at + ", removed=" + (this.stored == null) + "]";
	}

}
