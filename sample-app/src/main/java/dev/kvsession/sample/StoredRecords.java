package dev.kvsession.sample;

import java.time.Instant;

import jakarta.servlet.http.HttpSession;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;

/**
 * Looks up sessions' records. Safe for concurrent use. Within a request that has read its
 * session the answer costs no call to KV.
 */
@Component
class StoredRecords {

	/**
	 * Shown of a session id: enough to tell two keys apart, useless to guess the rest.
	 */
	private static final int SHOWN_CHARACTERS = 4;

	private final KvSessionRepository sessions;

	private final int keyPrefix;

	StoredRecords(KvSessionRepository sessions,
			@Value("${cloudflare.kv.session.key-prefix:session:}") String keyPrefix) {
		this.sessions = sessions;
		this.keyPrefix = keyPrefix.length();
	}

	/**
	 * Looks up the record of the session that this request uses.
	 * @param used the session
	 * @return what may be shown of its record
	 * @throws IllegalStateException if the session has ended meanwhile
	 */
	StoredRecord of(HttpSession used) {
		KvSession stored = this.sessions.findById(used.getId());
		Assert.state(stored != null, "The session ended during the request. Log in again.");
		// A copy of its own, never saved: without this it would not know of this
		// request's access.
		stored.setLastAccessedTime(Instant.ofEpochMilli(used.getLastAccessedTime()));
		String key = stored.getRecordKey();
		String shown = key.substring(0, Math.min(this.keyPrefix + SHOWN_CHARACTERS, key.length()));
		return new StoredRecord(shown + "…", stored.getRecordSize(), stored.getExpiresAt());
	}

}
