package dev.kvsession.codec;

import dev.kvsession.codec.value.Advice;
import dev.kvsession.codec.value.Place;
import dev.kvsession.codec.value.ProvenText;
import dev.kvsession.codec.value.ValueFormat;
import dev.kvsession.codec.value.ValueFormatException;

/**
 * Encodes attribute values: as JSON if that comes back, else by Java serialization if
 * that is on and comes back.
 */
final class AttributeEncoder {

	private final ValueFormat json;

	private final ValueFormat jdk;

	private final JdkFallback fallback;

	AttributeEncoder(ValueFormat json, ValueFormat jdk, JdkFallback fallback) {
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
				throw new AttributeEncodingException("Session attribute '" + Printable.of(name) + "' of type "
						+ value.getClass().getName() + " cannot be stored: it was changed by another thread "
						+ "meanwhile. Set a copy, or use a type that is safe for concurrent use.");
			}
			throw ex;
		}
	}

	private static String problem(String name, ValueFormatException failure) {
		return Place.sentence(failure.place(), Printable.of(name), failure.problem());
	}

	private static AttributeEncodingException failure(String name, Object value, String problem, String advice) {
		return new AttributeEncodingException("Session attribute '" + Printable.of(name) + "' of type "
				+ value.getClass().getName() + " cannot be stored: " + problem + ". " + advice, null);
	}

	private String advice(ValueFormatException reason) {
		if (reason.untrustedType() != null) {
			return Advice.forType(reason.untrustedType());
		}
		return (this.fallback == JdkFallback.OFF)
				? "Store plain values, lists, maps or records instead, or set " + ValueFormat.JDK_PROPERTY
						+ "=true to store it by Java serialization."
				: "Store plain values, lists, maps or records instead; " + ValueFormat.JDK_PROPERTY + " is on already.";
	}

}
