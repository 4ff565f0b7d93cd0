package dev.kvsession.session.record;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.settings.SessionIndex;

/**
 * What KV has of an id that ends. Immutable.
 *
 * @param until when it will have expired; {@code null} for never or unknown
 * @param records the states of the session that KV may have; empty if unknown
 */
public record Remains(@Nullable Instant until, List<SessionRecord> records) {

	public static final Remains UNKNOWN = new Remains(null, List.of());

	/** The keys beside those records. */
	public Stream<String> keys(String id, SessionIndex index) {
		return this.records.stream()
			.map(SessionRecord::indexes)
			.filter(Objects::nonNull)
			.map(SessionIndexes::names)
			.flatMap((names) -> index.keys(id, names).stream())
			.distinct();
	}

	@Override
	public String toString() {
		return "Remains[until " + this.until + "]";
	}

}
