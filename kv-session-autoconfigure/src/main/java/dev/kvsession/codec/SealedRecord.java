package dev.kvsession.codec;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

import dev.kvsession.codec.value.Surrogates;

/**
 * The text of an encrypted record: the name of the key, what was encrypted, and perhaps a
 * copy of claims and times for readers without the key. Its schema is newer than that of
 * a readable one, so that versions that do not know it leave it alone. Immutable.
 */
public final class SealedRecord {

	private static final int SCHEMA = 2;

	private static final String SEALED = "sealed";

	private static final String BEGIN = "{\"" + RecordFields.SCHEMA + "\":" + SCHEMA + ",\"" + SEALED + "\":\"";

	private static final Pattern KEY_NAME = Pattern.compile("[a-z0-9]{1,8}");

	private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

	private static final List<String> COPIED = List.of(RecordFields.CREATED_AT, RecordFields.LAST_ACCESSED_AT,
			RecordFields.EXPIRES_AT, RecordFields.MAX_INACTIVE_INTERVAL, RecordFields.CLAIM_NAMES);

	private final String keyName;

	private final byte[] bytes;

	private final Map<String, String> copy;

	private SealedRecord(String keyName, byte[] bytes, Map<String, String> copy) {
		this.keyName = keyName;
		this.bytes = bytes;
		this.copy = copy;
	}

	/**
	 * Writes the text.
	 * @param keyName the name of the key, of {@code [a-z0-9]}
	 * @param bytes what was encrypted
	 * @param record the readable text of the record
	 * @param withCopy whether to add a copy of its claims and times
	 * @return the text to store
	 */
	public static String write(String keyName, byte[] bytes, String record, boolean withCopy) {
		StringBuilder text = new StringBuilder(BEGIN).append(keyName)
			.append('.')
			.append(BASE64.encodeToString(bytes))
			.append('"');
		if (withCopy) {
			copyOf(record).forEach((name, raw) -> text.append(",\"").append(escaped(name)).append("\":").append(raw));
		}
		return text.append('}').toString();
	}

	/**
	 * Reads a text. Proves nothing.
	 * @param text what is stored
	 * @return what it says, or {@code null} if it is not that of an encrypted record
	 * @throws UnreadableRecordException if it is damaged
	 */
	public static @Nullable SealedRecord read(String text) {
		if (!text.startsWith(BEGIN)) {
			return null;
		}
		Map<String, String> fields = new LinkedHashMap<>();
		JsonReader.readObject(text,
				(name, reader) -> fields.put(name, name.equals(SEALED) ? reader.readText(SEALED) : reader.readRaw()));
		fields.remove(RecordFields.SCHEMA);
		String sealed = fields.remove(SEALED);
		int dot = (sealed != null) ? sealed.indexOf('.') : -1;
		if (sealed == null || dot < 0 || !KEY_NAME.matcher(sealed.substring(0, dot)).matches()) {
			throw JsonReader.unreadable("'" + SEALED + "' names no key");
		}
		return new SealedRecord(sealed.substring(0, dot), decoded(sealed.substring(dot + 1)), fields);
	}

	/* Bytes have one spelling, which the decoder alone does not insist on. */
	private static byte[] decoded(String text) {
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(text);
			if (BASE64.encodeToString(bytes).equals(text)) {
				return bytes;
			}
		}
		catch (IllegalArgumentException ex) {
			// Unreadable as well.
		}
		throw JsonReader.unreadable("'" + SEALED + "' is not Base64");
	}

	/**
	 * Returns the name of the key.
	 * @return 1 to 8 characters of {@code [a-z0-9]}
	 */
	public String keyName() {
		return this.keyName;
	}

	/**
	 * Returns what was encrypted.
	 * @return the bytes, not a copy
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Compares the copy of claims and times, which somebody who can write but not decrypt
	 * may have changed.
	 * @param record the decrypted record
	 * @return whether there is no copy, or it says what the record says
	 */
	public boolean agreesWith(String record) {
		return this.copy.isEmpty() || this.copy.equals(copyOf(record));
	}

	/* A claim may have any name. */
	private static String escaped(String name) {
		StringBuilder escaped = new StringBuilder(name.length());
		JsonStringEncoder.getInstance().quoteAsString(name, escaped);
		return Surrogates.escapeLone(escaped.toString());
	}

	private static Map<String, String> copyOf(String record) {
		Map<String, String> fields = new LinkedHashMap<>();
		JsonReader.readObject(record, (name, reader) -> fields.put(name, reader.readRaw()));
		Set<String> copied = new LinkedHashSet<>(COPIED);
		String names = fields.get(RecordFields.CLAIM_NAMES);
		if (names != null) {
			copied.addAll(Claims.readNames(names));
		}
		copied.remove(SEALED);
		fields.keySet().retainAll(copied);
		return fields;
	}

	@Override
	public String toString() {
		return "SealedRecord[key=" + this.keyName + "]";
	}

}
