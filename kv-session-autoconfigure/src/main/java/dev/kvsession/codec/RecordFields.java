package dev.kvsession.codec;

import java.util.Set;

import dev.kvsession.codec.value.AttributeMapper;

/**
 * Names of the record's fields. Part of the storage schema: other languages read them.
 */
final class RecordFields {

	static final String SCHEMA = "schema";

	static final String REV = "rev";

	static final String WRITER = "writer";

	static final String CREATED_AT = "createdAt";

	static final String LAST_ACCESSED_AT = "lastAccessedAt";

	static final String EXPIRES_AT = "expiresAt";

	static final String MAX_INACTIVE_INTERVAL = "maxInactiveInterval";

	static final String MAX_INACTIVE_INTERVAL_AT = "maxInactiveIntervalAt";

	static final String CLAIM_NAMES = "claimNames";

	static final String ATTRIBUTES = "attributes";

	static final String REMOVED = "removed";

	/** Names that no claim may have. */
	static final Set<String> RESERVED = Set.of(SCHEMA, REV, WRITER, CREATED_AT, LAST_ACCESSED_AT, EXPIRES_AT,
			MAX_INACTIVE_INTERVAL, MAX_INACTIVE_INTERVAL_AT, CLAIM_NAMES, ATTRIBUTES, REMOVED);

	/** In an attribute's envelope, when it was set. */
	static final String AT = "at";

	/**
	 * Stands for an envelope that holds more than a time and a value; the attribute's raw
	 * text is then the whole envelope. No field can have the name in an envelope of two.
	 */
	static final String FORMAT_ENVELOPE = "{}";

	/**
	 * Latest time of a record, in epoch milliseconds: the end of the year 9999, which all
	 * readers' date types can hold.
	 */
	static final long MAX_MILLIS = 253_402_300_799_999L;

	/**
	 * Latest time of a stamp, and of what has happened, in epoch milliseconds: the end of
	 * the year 8999. Later ones are forged, and would leave no room for the clock to go
	 * on, nor for a session to expire.
	 */
	static final long MAX_PAST_MILLIS = 221_845_391_999_999L;

	/** Longest interval of a record, in seconds; as long as the latest time. */
	static final long MAX_SECONDS = MAX_MILLIS / 1000;

	/** How deep a record may be nested: an attribute's value lies three levels down. */
	static final int MAX_DEPTH = AttributeMapper.MAX_DEPTH + 3;

	private RecordFields() {
	}

}
