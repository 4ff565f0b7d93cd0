package dev.kvsession.session.record;

/**
 * A request's own copy of an attribute, which it may change in place, and what was copied
 * or last saved. Confined to one request.
 */
public record AttributeCopy(AttributeCell original, Object value) {

	@Override
	public String toString() {
		return "AttributeCopy[" + this.original.stored() + "]";
	}

}
