package dev.kvsession.codec;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.trust.TrustedPackages;
import dev.kvsession.codec.value.ProvenText;
import dev.kvsession.codec.value.ValueFormat;
import dev.kvsession.codec.value.ValueFormatException;
import dev.kvsession.codec.value.Wording;

/**
 * Encodes attribute values: as JSON if that comes back, else by Java serialization if
 * that is on and comes back.
 */
final class AttributeCodec {

	private final ValueFormat json;

	private final ValueFormat jdk;

	private final JdkFallback fallback;

	AttributeCodec(ValueFormat json, ValueFormat jdk, JdkFallback fallback) {
		this.json = json;
		this.jdk = jdk;
		this.fallback = fallback;
	}

	StoredAttribute encode(String name, Object value, Stamp at) {
		try {
			return encode(this.json, name, value, at);
		}
		catch (ValueFormatException ex) {
			if (this.fallback == JdkFallback.OFF) {
				throw failure(name, value, problem(name, ex), advice(ex));
			}
			return encodeByFallback(name, value, at, ex);
		}
	}

	private StoredAttribute encodeByFallback(String name, Object value, Stamp at, ValueFormatException json) {
		try {
			return encode(this.jdk, name, value, at);
		}
		catch (ValueFormatException ex) {
			boolean untrusted = json.untrustedType() != null;
			throw failure(name, value, problem(name, json) + "; by Java serialization, it " + ex.problem(),
					advice((untrusted) ? json : ex));
		}
	}

	private static StoredAttribute encode(ValueFormat format, String name, Object value, Stamp at)
			throws ValueFormatException {
		try {
			return new StoredAttribute(at, format.name(), new ProvenText(format).of(value));
		}
		catch (ValueFormatException ex) {
			if (ex.isChanging()) {
				throw new AttributeEncodingException("Session attribute '" + Wording.printable(name) + "' of type "
						+ value.getClass().getName() + " cannot be stored: it was changed by another thread "
						+ "meanwhile. Set a copy, or use a type that is safe for concurrent use.");
			}
			throw ex;
		}
	}

	private static String problem(String name, ValueFormatException failure) {
		return Wording.sentence(failure.place(), Wording.printable(name), failure.problem());
	}

	private static AttributeEncodingException failure(String name, Object value, String problem, String advice) {
		return new AttributeEncodingException("Session attribute '" + Wording.printable(name) + "' of type "
				+ value.getClass().getName() + " cannot be stored: " + problem + ". " + advice, null);
	}

	private String advice(ValueFormatException reason) {
		if (reason.untrustedType() != null) {
			return Wording.adviceFor(reason.untrustedType());
		}
		return (this.fallback == JdkFallback.OFF)
				? "Store plain values, lists, maps or records instead, or set " + ValueFormat.JDK_PROPERTY
						+ "=true to store it by Java serialization."
				: "Store plain values, lists, maps or records instead; " + ValueFormat.JDK_PROPERTY + " is on already.";
	}

	Object decode(String name, StoredAttribute attribute) {
		return switch (attribute.format()) {
			case ValueFormat.JSON -> read(name, this.json, attribute.raw());
			case ValueFormat.JDK -> readJdk(name, attribute.raw());
			case RecordFields.FORMAT_ENVELOPE -> decodeKnown(name, RecordReader.openEnvelope(attribute));
			default -> throw newer(name);
		};
	}

	private Object decodeKnown(String name, @Nullable StoredAttribute known) {
		if (known == null) {
			throw newer(name);
		}
		return decode(name, known);
	}

	private Object readJdk(String name, String raw) {
		if (this.fallback == JdkFallback.OFF) {
			throw unreadable(name, "was stored by Java serialization, which is off. Set " + ValueFormat.JDK_PROPERTY
					+ "=true on all instances to read it");
		}
		return read(name, this.jdk, raw);
	}

	private Object read(String name, ValueFormat format, String raw) {
		try {
			return format.read(raw);
		}
		catch (ValueFormatException ex) {
			String place = ex.place().isEmpty() ? "" : ", at `" + ex.place() + "`";
			throw unreadable(name, ex.problem() + place + advice(ex.untrustedType()));
		}
		catch (RuntimeException | LinkageError ex) {
			throw unreadable(name, "cannot be read (" + ex.getClass().getSimpleName() + ")");
		}
	}

	private static String advice(@Nullable String untrusted) {
		return (untrusted != null)
				? ". If that type is the application's own, name its package in " + TrustedPackages.PROPERTY : "";
	}

	private static UnreadableAttributeException newer(String name) {
		return unreadable(name,
				"was stored in a format that only a newer version reads. Update kv-session on this instance");
	}

	private static UnreadableAttributeException unreadable(String name, String problem) {
		return new UnreadableAttributeException("Session attribute '" + Wording.printable(name) + "' " + problem + ".",
				null);
	}

}
