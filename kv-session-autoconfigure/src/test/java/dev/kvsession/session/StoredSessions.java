package dev.kvsession.session;

import java.time.Duration;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.test.KvContents;
import dev.kvsession.test.kv.KvEntry;

/**
 * The sessions in KV, written and ended as by an instance that serves none of the users.
 * Confined to one thread at a time.
 */
public final class StoredSessions {

	private static final Duration WEEK = Duration.ofDays(7);

	private final SecureSessionIdGenerator ids = new SecureSessionIdGenerator();

	private final SessionKeys keys = new SessionKeys(SessionKeys.DEFAULT_PREFIX);

	private final KvContents kv;

	private final InstantSource clock;

	/**
	 * Creates the view.
	 * @param kv what is stored
	 * @param clock dates the ends
	 */
	public StoredSessions(KvContents kv, InstantSource clock) {
		this.kv = kv;
		this.clock = clock;
	}

	/**
	 * Stores a session for a week.
	 * @param record its record
	 * @return its id
	 */
	public String logIn(byte[] record) {
		String id = this.ids.generate();
		this.kv.store(this.keys.record(id), record, WEEK);
		return id;
	}

	/**
	 * Ends a session, at once for every reader.
	 * @param id the session's id
	 */
	public void end(String id) {
		GoneMarker marker = new GoneMarker(this.clock.instant().toEpochMilli(), GoneMarker.Reason.DELETED);
		this.kv.store(this.keys.gone(id), marker.toJson(), GoneMarker.LONGEST);
		remove(id);
	}

	/**
	 * Removes a session's record and stores no marker.
	 * @param id the session's id
	 */
	public void remove(String id) {
		this.kv.remove(this.keys.record(id));
	}

	/**
	 * Returns a session's record.
	 * @param id the session's id
	 * @return the text that is really stored, or {@code null} if there is none
	 */
	public @Nullable String record(String id) {
		KvEntry entry = this.kv.get(this.keys.record(id));
		return (entry != null) ? entry.text() : null;
	}

	/**
	 * Counts what is stored.
	 * @return the number of records and markers
	 */
	public int size() {
		return this.kv.keys(SessionKeys.DEFAULT_PREFIX).size();
	}

}
