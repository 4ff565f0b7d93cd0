package dev.kvsession.codec;

import org.jspecify.annotations.Nullable;

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
			return encode(this.json, value, at);
		}
		catch (ValueFormatException ex) {
			if (this.fallback == JdkFallback.OFF) {
				throw failure(name, value, ex);
			}
		}
		try {
			return encode(this.jdk, value, at);
		}
		catch (ValueFormatException ex) {
			throw failure(name, value, ex);
		}
	}

	private static StoredAttribute encode(ValueFormat format, Object value, Stamp at) throws ValueFormatException {
		String raw = format.write(value);
		Class<?> difference = ReadBack.difference(value, format.read(raw));
		if (difference != null) {
			throw new ValueFormatException(
					"would not come back from " + format.name() + " as it is: its " + difference.getName() + " differs",
					null);
		}
		return new StoredAttribute(at, format.name(), raw);
	}

	private AttributeEncodingException failure(String name, Object value, ValueFormatException reason) {
		String untrusted = reason.untrustedType();
		String problem = (untrusted != null) ? "holds a " + untrusted + ", which is not trusted" : reason.getMessage();
		return new AttributeEncodingException("Session attribute '" + name + "' of type " + value.getClass().getName()
				+ " cannot be stored: it " + problem + ". " + advice(untrusted), null);
	}

	private String advice(@Nullable String untrusted) {
		String fallback = (this.fallback == JdkFallback.OFF)
				? "or set " + JsonSessionCodec.JDK_FALLBACK + "=true to store it by Java serialization" : "";
		if (untrusted == null) {
			return "Store plain values, lists, maps or records instead, " + fallback + ".";
		}
		return "If it is the application's own, name its package in " + JsonSessionCodec.TRUSTED_PACKAGES + "; "
				+ "otherwise store plain values instead.";
	}

}
