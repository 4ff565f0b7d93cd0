package dev.kvsession.codec;

import java.util.Collection;

import org.springframework.util.Assert;

import dev.kvsession.codec.trust.TrustedTypes;
import dev.kvsession.codec.value.JdkValues;
import dev.kvsession.codec.value.JsonValues;
import dev.kvsession.codec.value.ReadBack;

/**
 * The codec for records of schema 1. Attribute values become JSON with type ids, by
 * Jackson and Spring Security's modules where present. Only types on an allow list are
 * instantiated: values and collections of the JDK, what Spring Security and Spring MVC
 * keep in sessions, and the application's own trusted packages.
 * <p>
 * Each encoded value is decoded at once and compared with the original, so that a value
 * which would not come back fails where it is set. The codec compares all parts one by
 * one, never by the application's {@code equals}. A field that JSON leaves out, for
 * example by {@code @JsonIgnore}, must be {@code transient} or have the value that it has
 * in a new object.
 * <p>
 * The application's objects are made without a constructor if none takes their fields, as
 * Java serialization does. So are its classes that extend Spring Security's.
 * <p>
 * Collections come back as one of the same kind: {@code List.of}, a view such as a sub
 * list, and the unmodifiable, synchronized and checked wrappers of {@code Collections} as
 * a plain list, set or map. A collection is refused if JSON loses how it finds or orders
 * its elements: a comparator, access order, identity, the defaults of {@code Properties}.
 * JSON does not keep the identity of shared references: an object that an attribute
 * refers to twice comes back as two objects, and so does one that stands in two
 * attributes. Only equal strings of an attribute, and equal OAuth2 authorities that hold
 * nothing but plain values, come back as one.
 * <p>
 * Spring Security's exceptions are stored as class and message, with the error of OAuth2,
 * and without cause, stack trace and the request that an {@code AuthenticationException}
 * holds, which has the password. One whose class is not trusted, or has no constructor
 * that restores the message, comes back as the nearest superclass of Spring Security's,
 * or as an {@code AuthenticationServiceException}.
 * <p>
 * Safe for concurrent use. Its first use is costly, as is that of each type: share it,
 * and see {@link #warmUp()}.
 */
public final class JsonSessionCodec implements SessionCodec {

	private final RecordWriter writer = new RecordWriter();

	private final AttributeCodec attributes;

	private final ClassLoader loader;

	/**
	 * Creates a codec.
	 * @param classLoader where attribute types, and Spring Security if present, are found
	 * @param trusted packages (with those below) and classes (with nested ones) of the
	 * application whose instances may stand in sessions, without wildcards, such as
	 * {@code com.example.shop}
	 * @param jdkFallback whether Java serialization carries what JSON cannot
	 * @throws IllegalArgumentException if a trusted name is no package or class name, or
	 * so broad that it admits a platform, such as {@code java} or {@code org}
	 */
	public JsonSessionCodec(ClassLoader classLoader, Collection<String> trusted, JdkFallback jdkFallback) {
		Assert.notNull(classLoader, "'classLoader' must not be null");
		Assert.notNull(trusted, "'trusted' must not be null");
		Assert.notNull(jdkFallback, "'jdkFallback' must not be null");
		TrustedTypes types = new TrustedTypes(trusted);
		JsonValues json = new JsonValues(classLoader, types);
		this.loader = classLoader;
		this.attributes = new AttributeCodec(json, new JdkValues(classLoader, types, json), jdkFallback);
	}

	@Override
	public String encode(SessionRecord record) {
		Assert.notNull(record, "'record' must not be null");
		return this.writer.write(record);
	}

	@Override
	public SessionRecord decode(String json) {
		Assert.notNull(json, "'json' must not be null");
		return RecordReader.read(json);
	}

	@Override
	public StoredAttribute encodeAttribute(String name, Object value, Stamp at) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(value, "'value' must not be null");
		Assert.notNull(at, "'at' must not be null");
		return this.attributes.encode(name, value, at);
	}

	@Override
	public Object decodeAttribute(String name, StoredAttribute attribute) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(attribute, "'attribute' must not be null");
		return this.attributes.decode(name, attribute);
	}

	/**
	 * {@inheritDoc} A text that differs is decoded and compared with the value by
	 * structure: a {@code HashSet} may be encoded in another order than an equal one. The
	 * order of a list or a {@code LinkedHashMap} counts, as do the classes of
	 * collections.
	 */
	@Override
	public boolean isStored(String name, Object value, StoredAttribute stored) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(value, "'value' must not be null");
		Assert.notNull(stored, "'stored' must not be null");
		try {
			return stored.equals(this.attributes.encode(name, value, stored.at()))
					|| ReadBack.isSame(value, this.attributes.decode(name, stored));
		}
		catch (RuntimeException | StackOverflowError ex) {
			return false;
		}
	}

	/**
	 * Encodes and decodes a made-up login, so that the first user does not wait while
	 * classes are loaded. Takes some tenths of a second; may be called from any thread.
	 */
	public void warmUp() {
		WarmUp.run(this, this.loader);
	}

}
