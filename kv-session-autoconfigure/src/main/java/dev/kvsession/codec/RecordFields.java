package dev.kvsession.codec;

import java.util.Set;

import dev.kvsession.codec.value.AttributeMapper;

/** Names of the record's fields, which other languages read, and limits of its values. */
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

	static final String INDEXES = "indexes";

	static final String INDEXES_AT = "indexesAt";

	static final String SINCE = "since";

	static final String DETAILS = "details";

	/** Names that no claim may have. */
	static final Set<String> RESERVED = Set.of(SCHEMA, REV, WRITER, CREATED_AT, LAST_ACCESSED_AT, EXPIRES_AT,
			MAX_INACTIVE_INTERVAL, MAX_INACTIVE_INTERVAL_AT, CLAIM_NAMES, ATTRIBUTES, REMOVED, INDEXES, INDEXES_AT,
			SINCE, DETAILS);

	/** In an attribute's envelope, when it was set. */
	static final String AT = "at";

	/**
	 * The format of an envelope with more than a time and a value. Its raw text is the
	 * whole envelope; no envelope of two fields has a field of this name.
	 */
	static final String FORMAT_ENVELOPE = "{}";

	/** Latest time of a record, in epoch milliseconds: the end of the year 9999. */
	static final long MAX_MILLIS = 253_402_300_799_999L;

	/**
	 * Latest time of a stamp and of past events, in epoch milliseconds: the end of the
	 * year 8999. A later one is forged: the clock could not go on from it.
	 */
	static final long MAX_PAST_MILLIS = 221_845_391_999_999L;

	/** Longest interval of a record, in seconds; as long as the latest time. */
	static final long MAX_SECONDS = MAX_MILLIS / 1000;

	/** How deep a record may be nested: an attribute's value lies three levels down. */
	static final int MAX_DEPTH = AttributeMapper.MAX_DEPTH + 3;

	private RecordFields() {
	}

}
