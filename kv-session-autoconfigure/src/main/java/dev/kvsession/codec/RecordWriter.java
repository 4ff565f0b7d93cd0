package dev.kvsession.codec;

import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

import dev.kvsession.codec.value.Surrogates;

/** Writes a record's text. Safe for concurrent use. */
final class RecordWriter {

	private final JsonFactory json = new JsonFactory();

	String write(SessionRecord record) {
		StringWriter text = new StringWriter();
		try (JsonGenerator out = this.json.createGenerator(ObjectWriteContext.empty(), text)) {
			out.writeStartObject();
			writeHead(record, out);
			writeClaims(record, out);
			writeIndexes(record.indexes(), out);
			writeUnknown(record, out);
			writeAttributes(record.attributes(), out);
			writeRemoved(record.removed(), out);
			out.writeEndObject();
		}
		catch (StreamConstraintsException ex) {
			throw new IllegalArgumentException("claims are nested too deeply for JSON", ex);
		}
		return readable(Surrogates.escapeLone(text.toString()));
	}

	/*
	 * The reader's limits are narrower than the writer's, and a record beyond them would
	 * end the session.
	 */
	private static String readable(String text) {
		try {
			RecordReader.read(text);
			return text;
		}
		catch (UnreadableRecordException ex) {
			throw new IllegalArgumentException(
					"the session record could not be read again: a time is beyond the year "
							+ "8999, or a claim is too deep or has too many digits. Change what SessionClaims returns",
					ex);
		}
	}

	private static void writeHead(SessionRecord record, JsonGenerator out) {
		out.writeNumberProperty(RecordFields.SCHEMA, SessionRecord.SCHEMA);
		out.writeStringProperty(RecordFields.REV, record.rev().toString());
		out.writeStringProperty(RecordFields.WRITER, record.rev().writer());
		writeTime(RecordFields.CREATED_AT, record.createdAt(), out);
		writeTime(RecordFields.LAST_ACCESSED_AT, record.lastAccessedAt(), out);
		writeTime(RecordFields.EXPIRES_AT, record.expiresAt(), out);
		long seconds = record.maxInactiveInterval().getSeconds();
		Assert.isTrue(seconds >= -RecordFields.MAX_SECONDS && seconds <= RecordFields.MAX_SECONDS,
				"'maxInactiveInterval' must be within 8000 years");
		out.writeNumberProperty(RecordFields.MAX_INACTIVE_INTERVAL, seconds);
		if (record.maxInactiveIntervalAt() != null) {
			out.writeStringProperty(RecordFields.MAX_INACTIVE_INTERVAL_AT, record.maxInactiveIntervalAt().toString());
		}
	}

	private static void writeTime(String field, @Nullable Instant time, JsonGenerator out) {
		if (time == null) {
			return;
		}
		long seconds = time.getEpochSecond();
		Assert.isTrue(seconds >= 0 && seconds <= RecordFields.MAX_SECONDS,
				() -> "'" + field + "' must be between the years 1970 and 9999");
		out.writeNumberProperty(field, time.toEpochMilli());
	}

	private static void writeClaims(SessionRecord record, JsonGenerator out) {
		if (record.claims().isEmpty()) {
			return;
		}
		out.writeArrayPropertyStart(RecordFields.CLAIM_NAMES);
		record.claims().keySet().forEach(out::writeString);
		out.writeEndArray();
		record.claims().forEach((name, value) -> Claims.write(name, value, out));
	}

	private static void writeIndexes(@Nullable SessionIndexes indexes, JsonGenerator out) {
		if (indexes == null) {
			return;
		}
		writeTexts(RecordFields.INDEXES, indexes.names(), out);
		out.writeStringProperty(RecordFields.INDEXES_AT, indexes.at().toString());
		writeTime(RecordFields.SINCE, indexes.since(), out);
		if (!indexes.details().isEmpty()) {
			writeTexts(RecordFields.DETAILS, indexes.details(), out);
		}
	}

	private static void writeTexts(String field, Map<String, String> texts, JsonGenerator out) {
		out.writeObjectPropertyStart(field);
		texts.forEach(out::writeStringProperty);
		out.writeEndObject();
	}

	private static void writeUnknown(SessionRecord record, JsonGenerator out) {
		record.unknown().forEach((name, raw) -> {
			if (!record.claims().containsKey(name) && !RecordFields.RESERVED.contains(name)) {
				writeRaw(name, raw, out);
			}
		});
	}

	private static void writeAttributes(Map<String, StoredAttribute> attributes, JsonGenerator out) {
		out.writeObjectPropertyStart(RecordFields.ATTRIBUTES);
		attributes.forEach((name, attribute) -> writeAttribute(name, attribute, out));
		out.writeEndObject();
	}

	private static void writeAttribute(String name, StoredAttribute attribute, JsonGenerator out) {
		if (attribute.format().equals(RecordFields.FORMAT_ENVELOPE)) {
			writeRaw(name, attribute.raw(), out);
			return;
		}
		out.writeObjectPropertyStart(name);
		out.writeStringProperty(RecordFields.AT, attribute.at().toString());
		writeRaw(attribute.format(), attribute.raw(), out);
		out.writeEndObject();
	}

	private static void writeRaw(String name, String raw, JsonGenerator out) {
		out.writeName(name);
		out.writeRawValue(raw);
	}

	private static void writeRemoved(Map<String, Stamp> removed, JsonGenerator out) {
		if (removed.isEmpty()) {
			return;
		}
		out.writeObjectPropertyStart(RecordFields.REMOVED);
		removed.forEach((name, at) -> out.writeStringProperty(name, at.toString()));
		out.writeEndObject();
	}

}
