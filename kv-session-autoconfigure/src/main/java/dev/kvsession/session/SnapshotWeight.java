package dev.kvsession.session;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.StoredAttribute;

/**
 * Estimates the heap that a session in memory occupies once all its attributes have been
 * decoded. The numbers fit what sessions of several kinds were measured to retain on a
 * 64-bit JVM with compressed references: a login with GitHub, a cart of maps, lists of
 * numbers, long texts, many small attributes, none.
 */
final class SnapshotWeight {

	/** The entry: its id, the nodes of the cache, record, times and stamps, in bytes. */
	private static final int ENTRY = 600;

	/** An attribute: names, stamps, envelope and the entries of maps, in bytes. */
	private static final int ATTRIBUTE = 330;

	/** A claim, or the stamp of a removal, in bytes. */
	private static final int FIELD = 160;

	/** What a decoded string occupies beside its text, or a map's entry, in bytes. */
	private static final int STRING = 32;

	/** What another element of a list or map occupies beside its text, in bytes. */
	private static final int ELEMENT = 20;

	private static final char LAST_OF_ONE_BYTE = 0xFF;

	private SnapshotWeight() {
	}

	/**
	 * Estimates the heap of one session.
	 * @param record its record
	 * @param recordSize the record's size as JSON, in bytes
	 * @return bytes
	 */
	static int of(SessionRecord record, int recordSize) {
		long weight = ENTRY + recordSize + (long) ATTRIBUTE * record.attributes().size()
				+ (long) FIELD * (record.claims().size() + record.removed().size());
		for (StoredAttribute attribute : record.attributes().values()) {
			weight += ofValue(attribute.raw());
		}
		return (int) Math.min(weight, Integer.MAX_VALUE);
	}

	/*
	 * The decoded value; and, of a text that does not fit into one byte a character, what
	 * its encoded form takes beyond the record's size.
	 */
	private static long ofValue(String raw) {
		int quotes = 0;
		int commas = 0;
		boolean wide = false;
		for (int i = 0; i < raw.length(); i++) {
			char c = raw.charAt(i);
			quotes += (c == '"') ? 1 : 0;
			commas += (c == ',') ? 1 : 0;
			wide |= c > LAST_OF_ONE_BYTE;
		}
		long text = (wide) ? 3L * raw.length() : raw.length();
		return text + (long) STRING * quotes / 2 + (long) ELEMENT * commas;
	}

}
