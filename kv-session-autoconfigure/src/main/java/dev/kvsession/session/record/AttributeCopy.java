package dev.kvsession.session.record;

/**
 * A request's own copy of an attribute, which it may change in place. Confined to one
 * request.
 *
 * @param original what was copied, or what the copy was when it was last saved
 * @param value the copy
 */
public record AttributeCopy(AttributeCell original, Object value) {

	@Override
	public String toString() {
		return "AttributeCopy[" + this.original.stored() + "]";
	}

}
