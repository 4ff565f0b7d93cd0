package dev.kvsession.session.record;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.codec.StoredAttribute;

/**
 * Rejects changes that make a session's record too large, before any of them is kept or
 * sent. Immutable.
 */
public final class RecordLimit {

	/** What a record has around its attributes: ids, times, claims. */
	private static final int FRAME_BYTES = 300;

	/** What an attribute has around its name and value: its stamp and its format. */
	private static final int ENVELOPE_BYTES = 60;

	private static final int MOST_NAMED = 5;

	private final long maxBytes;

	RecordLimit(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Why a change is rejected, or {@code null}. One that makes the record smaller never
	 * is.
	 */
	@Nullable KvRequestRefusedException refusal(@Nullable Snapshot known, SessionChange change) {
		long before = size(known);
		long after = size(known, change);
		return (after > this.maxBytes && after > before) ? new KvRequestRefusedException(
				"The session's record would have " + after + " bytes, more than cloudflare.kv.session.max-record-size ("
						+ this.maxBytes + " bytes) allows. Nothing of it was saved. Its largest attributes: "
						+ largest(known, change) + ". Keep less in the session, or raise the limit",
				null) : null;
	}

	/** About how large a change makes a record, in bytes of JSON, without encoding it. */
	public static long size(@Nullable Snapshot known, SessionChange change) {
		Map<String, StoredAttribute> before = (known != null) ? known.record().attributes() : Map.of();
		long size = size(known);
		for (Map.Entry<String, AttributeChange> entry : change.attributes().entrySet()) {
			size += size(entry.getKey(), entry.getValue().stored()) - size(entry.getKey(), before.get(entry.getKey()));
		}
		return size;
	}

	private static long size(@Nullable Snapshot known) {
		return (known != null) ? Math.max(known.recordSize(), FRAME_BYTES) : FRAME_BYTES;
	}

	private static long size(String name, @Nullable StoredAttribute stored) {
		return (stored != null) ? ENVELOPE_BYTES + name.getBytes(StandardCharsets.UTF_8).length + stored.size() : 0;
	}

	private static String largest(@Nullable Snapshot known, SessionChange change) {
		Map<String, Integer> sizes = new TreeMap<>();
		if (known != null) {
			known.record().attributes().forEach((name, stored) -> sizes.put(name, stored.size()));
		}
		change.attributes().forEach((name, attribute) -> {
			if (attribute.stored() != null) {
				sizes.put(name, attribute.stored().size());
			}
			else {
				sizes.remove(name);
			}
		});
		return sizes.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.limit(MOST_NAMED)
			.map((entry) -> "'" + AttributeCell.shown(entry.getKey()) + "' " + entry.getValue() + " bytes")
			.collect(Collectors.joining(", "));
	}

}
