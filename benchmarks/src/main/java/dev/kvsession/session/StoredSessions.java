package dev.kvsession.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.benchmarks.store.GitHubSessions;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.test.KvContents;
import dev.kvsession.test.kv.KvEntry;

/**
 * The sessions in KV as an instance sees to them that serves none of the users: logins of
 * the day before, ends elsewhere, and what is stored in the end. Confined to whoever has
 * the turn.
 */
final class StoredSessions {

	private static final Duration WEEK = Duration.ofDays(7);

	private final SecureSessionIdGenerator ids = new SecureSessionIdGenerator();

	private final SessionKeys keys = new SessionKeys(SessionKeys.DEFAULT_PREFIX);

	private final KvContents kv;

	private final InstantSource clock;

	private final byte[] record;

	StoredSessions(KvContents kv, InstantSource clock) {
		this.kv = kv;
		this.clock = clock;
		this.record = record(clock.instant().minus(Duration.ofDays(1)));
	}

	private static byte[] record(Instant lastUsed) {
		Stamp at = new Stamp(lastUsed.toEpochMilli(), 0, "elsewhere");
		String record = VirtualInstance.CODEC.encode(new SessionRecord(at, lastUsed, lastUsed, lastUsed.plus(WEEK),
				WEEK, null, Map.of("userId", "583231"),
				Map.of(GitHubSessions.CONTEXT,
						VirtualInstance.CODEC.encodeAttribute(GitHubSessions.CONTEXT, GitHubSessions.context(1), at)),
				Map.of(), Map.of()));
		return record.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Stores a login that was last used a day ago.
	 * @return its id
	 */
	String logIn() {
		String id = this.ids.generate();
		this.kv.store(this.keys.record(id), this.record, WEEK);
		return id;
	}

	/**
	 * Ends a session, at once for every reader.
	 * @param id the session's id
	 */
	void end(String id) {
		GoneMarker marker = new GoneMarker(this.clock.instant().toEpochMilli(), GoneMarker.Reason.DELETED);
		this.kv.store(this.keys.gone(id), marker.toJson(), GoneMarker.LONGEST);
		this.kv.remove(this.keys.record(id));
	}

	/**
	 * Reads an attribute from what is really stored.
	 * @param id the session's id
	 * @param attribute the attribute's name
	 * @return its value, or {@code null} if there is none
	 */
	@Nullable Object value(String id, String attribute) {
		KvEntry entry = this.kv.get(this.keys.record(id));
		if (entry == null) {
			return null;
		}
		SessionRecord stored = VirtualInstance.CODEC.decode(new String(entry.value(), StandardCharsets.UTF_8));
		StoredAttribute value = stored.attributes().get(attribute);
		return (value != null) ? VirtualInstance.CODEC.decodeAttribute(attribute, value) : null;
	}

}
