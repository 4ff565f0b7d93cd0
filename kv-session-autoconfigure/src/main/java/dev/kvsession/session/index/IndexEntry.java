package dev.kvsession.session.index;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.support.Json;
import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.settings.KeySegment;
import dev.kvsession.session.settings.StorageSeal;

/**
 * What an index entry says of a session, in the key's metadata. The record may say
 * otherwise, and is right then. Immutable.
 *
 * @param id the session's id
 * @param createdAt when it was created
 * @param since when it got its present principal, in KV's time
 * @param writtenAt when the entry was written
 */
record IndexEntry(String id, Instant createdAt, Instant since, Instant writtenAt) {

	private static final String ID = "id";

	private static final String CREATED_AT = "createdAt";

	private static final String SINCE = "since";

	private static final String WRITTEN_AT = "writtenAt";

	/** The metadata of an entry, with the details that fit. */
	static String metadata(String id, SessionRecord record, SessionIndexes indexes, Map<String, String> details) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put(ID, id);
		metadata.put(CREATED_AT, record.createdAt().toEpochMilli());
		metadata.put(SINCE, indexes.since().toEpochMilli());
		metadata.put(WRITTEN_AT, record.rev().millis());
		metadata.put("lastAccessedAt", record.lastAccessedAt().toEpochMilli());
		if (record.expiresAt() != null) {
			metadata.put("expiresAt", record.expiresAt().toEpochMilli());
		}
		if (!details.isEmpty()) {
			metadata.put("details", details);
		}
		return new String(Json.write(metadata), StandardCharsets.UTF_8);
	}

	/**
	 * Returns what a listed key says, or {@code null} if it is no entry of this prefix.
	 */
	static @Nullable IndexEntry of(KvKeyPage.Key key, String prefix, @Nullable StorageSeal seal) {
		String text = (key.metadata() != null && seal != null) ? seal.openMetadata(key.name(), key.metadata())
				: key.metadata();
		JsonNode metadata = (text != null) ? Json.read(text.getBytes(StandardCharsets.UTF_8)) : null;
		if (metadata == null || !metadata.path(ID).isString() || !isMillis(metadata.path(CREATED_AT))
				|| !isMillis(metadata.path(SINCE)) || !isMillis(metadata.path(WRITTEN_AT))) {
			return null;
		}
		String id = metadata.path(ID).stringValue();
		return key.name().equals(prefix + KeySegment.handle(id))
				? new IndexEntry(id, Instant.ofEpochMilli(metadata.path(CREATED_AT).longValue()),
						Instant.ofEpochMilli(metadata.path(SINCE).longValue()),
						Instant.ofEpochMilli(metadata.path(WRITTEN_AT).longValue()))
				: null;
	}

	private static boolean isMillis(JsonNode node) {
		return node.isIntegralNumber() && node.canConvertToLong();
	}

	@Override
	public String toString() {
		return "IndexEntry[since=" + this.since + "]";
	}

}
