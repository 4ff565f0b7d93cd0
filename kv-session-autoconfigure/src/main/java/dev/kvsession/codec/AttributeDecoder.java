package dev.kvsession.codec;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.trust.TrustedPackages;
import dev.kvsession.codec.value.ValueFormat;
import dev.kvsession.codec.value.ValueFormatException;

/** Decodes attribute values by the format of their envelope. */
final class AttributeDecoder {

	private final ValueFormat json;

	private final ValueFormat jdk;

	private final JdkFallback fallback;

	AttributeDecoder(ValueFormat json, ValueFormat jdk, JdkFallback fallback) {
		this.json = json;
		this.jdk = jdk;
		this.fallback = fallback;
	}

	Object decode(String name, StoredAttribute attribute) {
		return switch (attribute.format()) {
			case ValueFormat.JSON -> read(name, this.json, attribute.raw());
			case ValueFormat.JDK -> readJdk(name, attribute.raw());
			case RecordFields.FORMAT_ENVELOPE -> decode(name, open(name, attribute));
			default -> throw newer(name);
		};
	}

	private Object readJdk(String name, String raw) {
		if (this.fallback == JdkFallback.OFF) {
			throw unreadable(name, "was stored by Java serialization, which is off. Set " + ValueFormat.JDK_PROPERTY
					+ "=true on all instances to read it");
		}
		return read(name, this.jdk, raw);
	}

	private static StoredAttribute open(String name, StoredAttribute whole) {
		StoredAttribute known = Envelope.open(whole);
		if (known == null) {
			throw newer(name);
		}
		return known;
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
				"was stored in a format that only a newer version reads. Update kv-session on this " + "instance");
	}

	private static UnreadableAttributeException unreadable(String name, String problem) {
		return new UnreadableAttributeException("Session attribute '" + Printable.of(name) + "' " + problem + ".",
				null);
	}

}
