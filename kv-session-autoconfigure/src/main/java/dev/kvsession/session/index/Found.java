package dev.kvsession.session.index;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.memory.LiveSession;

/**
 * A session that an index or this instance's memory has under a name. Immutable.
 *
 * @param id the session's id
 * @param createdAt when it was created
 * @param since when it got its present principal, in KV's time
 * @param writtenAt when the entry or record that says so was written
 * @param live the session as this instance knows it, or {@code null}
 */
record Found(String id, Instant createdAt, Instant since, Instant writtenAt, @Nullable LiveSession live) {

	static @Nullable Found of(LiveSession live, String indexName, String value) {
		SessionRecord record = live.shown().record();
		SessionIndexes indexes = named(record, indexName, value);
		return (indexes != null) ? new Found(live.id(), record.createdAt(), indexes.since(),
				Instant.ofEpochMilli(record.rev().millis()), live) : null;
	}

	static Found of(IndexEntry entry) {
		return new Found(entry.id(), entry.createdAt(), entry.since(), entry.writtenAt(), null);
	}

	/** A session of which no more than the id is known. */
	static Found byId(String id) {
		return new Found(id, Instant.MIN, Instant.MIN, Instant.MAX, null);
	}

	boolean isKnownById() {
		return this.since.equals(Instant.MIN);
	}

	/** The same session, whose record is to be read. */
	Found unread() {
		return new Found(this.id, this.createdAt, this.since, this.writtenAt, null);
	}

	/** The record's indexes if it has a value in an index, else {@code null}. */
	static @Nullable SessionIndexes named(SessionRecord record, String indexName, String value) {
		SessionIndexes indexes = record.indexes();
		Map<String, String> names = (indexes != null) ? indexes.names() : Map.of();
		return Objects.equals(names.get(indexName), value) ? indexes : null;
	}

	/** Whether both are the same session, perhaps under another id. */
	boolean isSame(Found other) {
		return this.createdAt.equals(other.createdAt) && this.since.equals(other.since);
	}

	@Override
	public String toString() {
		return "Found[since=" + this.since + "]";
	}

}
