package dev.kvsession.codec.trust;

/**
 * A value's type is not trusted. Read from a record, the name may be anything that stood
 * in its place, hence it is not in the message.
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
