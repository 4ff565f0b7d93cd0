package dev.kvsession.codec.value;

/** One way to turn a value into JSON text and back. Safe for concurrent use. */
public interface ValueFormat {

	/** Name of the format of {@link JsonValues}. */
	String JSON = "json";

	/** Name of the format of {@link JdkValues}: Java serialization. */
	String JDK = "jdk";

	/** Property that switches Java serialization on. */
	String JDK_PROPERTY = "cloudflare.kv.session.jdk-fallback";

	/* Its field name in the envelope. */
	String name();

	String write(Object value) throws ValueFormatException;

	Object read(String raw) throws ValueFormatException;

}
