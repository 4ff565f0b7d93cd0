package dev.kvsession.codec.trust;

/**
 * A value's type is not trusted. The message omits the name: in a record it may be any
 * text.
 */
public final class UntrustedTypeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String typeName;

	public UntrustedTypeException(String typeName) {
		super("type not trusted", null, false, false);
		this.typeName = typeName;
	}

	public String typeName() {
		return this.typeName;
	}

}
