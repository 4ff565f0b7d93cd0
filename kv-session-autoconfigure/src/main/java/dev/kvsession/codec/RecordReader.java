package dev.kvsession.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.value.ValueFormat;

/** Reads a record's fields in any order. Confined to one text. */
final class RecordReader {

	private static final List<String> REQUIRED = List.of(RecordFields.SCHEMA, RecordFields.REV, RecordFields.WRITER,
			RecordFields.CREATED_AT, RecordFields.LAST_ACCESSED_AT, RecordFields.MAX_INACTIVE_INTERVAL,
			RecordFields.ATTRIBUTES);

	private final Map<String, Object> values = new HashMap<>(Map.of(RecordFields.REMOVED, Map.of(),
			RecordFields.CLAIM_NAMES, List.of(), RecordFields.INDEXES, Map.of(), RecordFields.DETAILS, Map.of()));

	private final Map<String, String> others = new LinkedHashMap<>();

	private RecordReader() {
	}

	static SessionRecord read(String json) {
		try {
			RecordReader record = new RecordReader();
			JsonReader.readObject(json, record::readField);
			return record.build();
		}
		catch (UnreadableRecordException ex) {
			checkSchema(json);
			throw ex;
		}
	}

	/*
	 * A newer record may look damaged before its schema is read. Treating it as damaged
	 * would end the session.
	 */
	private static void checkSchema(String json) {
		JsonReader.readObject(json, (name, in) -> {
			if (name.equals(RecordFields.SCHEMA)) {
				readSchema(in);
			}
			else {
				in.readRaw();
			}
		});
	}

	private void readField(String name, JsonReader in) {
		if (!RecordFields.RESERVED.contains(name)) {
			this.others.put(name, in.readRaw());
			return;
		}
		this.values.put(name, switch (name) {
			case RecordFields.SCHEMA -> readSchema(in);
			case RecordFields.REV, RecordFields.MAX_INACTIVE_INTERVAL_AT, RecordFields.INDEXES_AT -> in.readStamp(name);
			case RecordFields.INDEXES, RecordFields.DETAILS ->
				in.readMap("'" + name + "'", (reader) -> reader.readText(name));
			case RecordFields.MAX_INACTIVE_INTERVAL ->
				Duration.ofSeconds(in.readNumber(name, -RecordFields.MAX_SECONDS, RecordFields.MAX_SECONDS));
			case RecordFields.WRITER -> in.readText(name);
			case RecordFields.EXPIRES_AT -> Instant.ofEpochMilli(in.readNumber(name, 0, RecordFields.MAX_MILLIS));
			case RecordFields.CLAIM_NAMES -> Claims.readNames(in.readRaw());
			case RecordFields.ATTRIBUTES -> in.readMap("'" + name + "'", (reader) -> readEnvelope(reader.readRaw()));
			case RecordFields.REMOVED -> in.readMap("'" + name + "'", (reader) -> reader.readStamp(name));
			default -> Instant.ofEpochMilli(in.readNumber(name, 0, RecordFields.MAX_PAST_MILLIS));
		});
	}

	/* A newer schema ends the reading at once: later fields may have any shape. */
	private static long readSchema(JsonReader in) {
		long schema = in.readNumber(RecordFields.SCHEMA, 1, Long.MAX_VALUE);
		if (schema > SessionRecord.SCHEMA) {
			throw new NewerSchemaException("The session record has schema " + schema + "; this version reads up to "
					+ SessionRecord.SCHEMA + " and leaves the record as it is. Update kv-session on this instance.",
					null);
		}
		return schema;
	}

	@SuppressWarnings("unchecked")
	private SessionRecord build() {
		REQUIRED.forEach((name) -> get(name, Object.class));
		Map<String, Object> claims = new LinkedHashMap<>();
		for (String name : (List<String>) get(RecordFields.CLAIM_NAMES, List.class)) {
			String raw = this.others.remove(name);
			if (raw != null) {
				claims.put(name, Claims.read(raw));
			}
		}
		return new SessionRecord(get(RecordFields.REV, Stamp.class), get(RecordFields.CREATED_AT, Instant.class),
				get(RecordFields.LAST_ACCESSED_AT, Instant.class), (Instant) this.values.get(RecordFields.EXPIRES_AT),
				get(RecordFields.MAX_INACTIVE_INTERVAL, Duration.class),
				(Stamp) this.values.get(RecordFields.MAX_INACTIVE_INTERVAL_AT), claims,
				get(RecordFields.ATTRIBUTES, Map.class), get(RecordFields.REMOVED, Map.class), this.others, indexes());
	}

	@SuppressWarnings("unchecked")
	private @Nullable SessionIndexes indexes() {
		Stamp at = (Stamp) this.values.get(RecordFields.INDEXES_AT);
		return (at != null) ? new SessionIndexes(get(RecordFields.INDEXES, Map.class), at,
				get(RecordFields.SINCE, Instant.class), get(RecordFields.DETAILS, Map.class)) : null;
	}

	private <T> T get(String name, Class<T> type) {
		Object value = this.values.get(name);
		if (value == null) {
			throw JsonReader.unreadable("'" + name + "' is missing");
		}
		return type.cast(value);
	}

	/* A newer version may add fields to an envelope, which is then kept whole. */
	private static StoredAttribute readEnvelope(String raw) {
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

	/* The known part of an envelope that was kept whole. */
	static @Nullable StoredAttribute openEnvelope(StoredAttribute whole) {
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
