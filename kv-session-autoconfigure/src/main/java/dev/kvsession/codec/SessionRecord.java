package dev.kvsession.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A session as it lies in KV, schema 1. Immutable; attributes stay encoded.
 *
 * @param rev stamp of the write that produced the record; its writer is also the record's
 * field {@code writer}
 * @param createdAt when the session was created, to the millisecond
 * @param lastAccessedAt when it was last used, as far as its writer knew
 * @param expiresAt when it ends, or {@code null} for never
 * @param maxInactiveInterval how long it may be idle; zero or negative means forever
 * @param maxInactiveIntervalAt when the interval was last changed, or {@code null} if
 * never since creation; decides between concurrent changes
 * @param claims who the session belongs to, as top-level fields for readers at the edge:
 * JSON scalars, arrays and objects by name, in insertion order
 * @param attributes the attributes by name, in insertion order
 * @param removed stamps of attributes that were removed lately
 * @param unknown raw JSON text of top-level fields of the record that this version does
 * not know, kept as they are
 * @param indexes under which names it can be found, or {@code null} if it has never been
 * in an index
 */
public record SessionRecord(Stamp rev, Instant createdAt, Instant lastAccessedAt, @Nullable Instant expiresAt,
		Duration maxInactiveInterval, @Nullable Stamp maxInactiveIntervalAt, Map<String, Object> claims,
		Map<String, StoredAttribute> attributes, Map<String, Stamp> removed, Map<String, String> unknown,
		@Nullable SessionIndexes indexes) {

	/** The schema that this version writes, and the newest that it reads. */
	public static final int SCHEMA = 1;

	public SessionRecord {
		claims = ordered(claims);
		attributes = ordered(attributes);
		removed = ordered(removed);
		unknown = ordered(unknown);
	}

	/** Creates a record that has never been in an index. */
	public SessionRecord(Stamp rev, Instant createdAt, Instant lastAccessedAt, @Nullable Instant expiresAt,
			Duration maxInactiveInterval, @Nullable Stamp maxInactiveIntervalAt, Map<String, Object> claims,
			Map<String, StoredAttribute> attributes, Map<String, Stamp> removed, Map<String, String> unknown) {
		this(rev, createdAt, lastAccessedAt, expiresAt, maxInactiveInterval, maxInactiveIntervalAt, claims, attributes,
				removed, unknown, null);
	}

	private static <V> Map<String, V> ordered(Map<String, V> map) {
		return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
	}

	@Override
	public String toString() {
		return "SessionRecord[rev=" + this.rev + ", " + this.attributes.size() + " attributes]";
	}

}
