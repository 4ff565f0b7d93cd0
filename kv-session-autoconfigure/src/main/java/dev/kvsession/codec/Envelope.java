package dev.kvsession.codec;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.value.ValueFormat;

/**
 * Reads the envelope of one attribute: when it was set, and one value whose field name is
 * its format. A newer version may add fields; then the envelope is kept whole.
 */
final class Envelope {

	private Envelope() {
	}

	static StoredAttribute parse(String raw) {
		Map<String, String> fields = new LinkedHashMap<>();
		Stamp[] at = new Stamp[1];
		JsonReader.readObject(raw, (name, reader) -> {
			if (name.equals(RecordFields.AT)) {
				at[0] = reader.readStamp(RecordFields.AT);
			}
			else {
				fields.put(name, reader.readRaw());
			}
		});
		if (at[0] == null || fields.isEmpty()) {
			throw JsonReader.unreadable("the envelope of an attribute has no time or no value");
		}
		Map.Entry<String, String> first = fields.entrySet().iterator().next();
		boolean simple = fields.size() == 1 && !first.getKey().isBlank()
				&& !first.getKey().equals(RecordFields.FORMAT_ENVELOPE);
		return (simple) ? new StoredAttribute(at[0], first.getKey(), first.getValue())
				: new StoredAttribute(at[0], RecordFields.FORMAT_ENVELOPE, raw);
	}

	/*
	 * The known part of an envelope that was kept whole, or {@code null} if there is
	 * none.
	 */
	static @Nullable StoredAttribute open(StoredAttribute whole) {
		StoredAttribute[] known = new StoredAttribute[1];
		JsonReader.readObject(whole.raw(), (name, reader) -> {
			String value = reader.readRaw();
			if (name.equals(ValueFormat.JSON) || name.equals(ValueFormat.JDK)) {
				known[0] = new StoredAttribute(whole.at(), name, value);
			}
		});
		return known[0];
	}

}
