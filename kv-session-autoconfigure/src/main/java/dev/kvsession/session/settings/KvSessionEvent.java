package dev.kvsession.session.settings;

/** The counters of a repository. */
public enum KvSessionEvent {

	/** A session was in memory and fresh enough. */
	NEAR_CACHE_HIT,

	/** A session had to be read from KV. */
	NEAR_CACHE_MISS,

	/** A session was served stale, because KV could not be read. */
	STALE_SERVED,

	/**
	 * A safe request was served a session older than its time to live, while KV was read.
	 */
	STALE_WHILE_REVALIDATE,

	/**
	 * Another request was served such a session, because KV had not answered in time.
	 */
	SOFT_TIMEOUT,

	/** A request was rejected because too many waited for KV already. */
	WAIT_REFUSED,

	/** An unknown id was rejected because most are guesses and many requests waited. */
	GUESS_REFUSED,

	/**
	 * Of those served before KV had answered, requests whose session had ended elsewhere.
	 */
	SERVED_AFTER_END,

	/** A session was read again in the background. */
	REFRESHED,

	/** A change was coalesced with a queued one. */
	COALESCED_WRITE,

	/** A change was deferred, because KV could not take it. */
	DEFERRED_WRITE,

	/** A deferred change was dropped: its session had ended meanwhile. */
	DROPPED_WRITE,

	/** An id was rejected because it had ended here or, as was learnt, elsewhere. */
	TOMBSTONE_HIT,

	/** A record was read again after it had been written. */
	SECOND_LOOK,

	/** A second look found a change of another instance overwritten, and repaired it. */
	SECOND_LOOK_MERGED,

	/** A second look found that the session had ended elsewhere, and ended it again. */
	SECOND_LOOK_ENDED,

	/** A record or security context could not be decoded. */
	UNREADABLE,

	/** A malformed id was rejected. */
	REFUSED_ID,

	/** KV had no session for a well-formed id. */
	UNKNOWN_ID,

	/** A session was adopted from a handoff cookie. */
	HANDOFF_USED,

	/** A session of a user was created. */
	CREATED_LOGIN,

	/** A session without a user was created on which a login depends. */
	CREATED_LOGIN_START,

	/** Another session without a user was created. */
	CREATED_ANONYMOUS,

	/** One of these two was rejected because too many waited to be written. */
	CREATION_REFUSED,

	/** A record was written. */
	RECORD_WRITTEN,

	/** Bytes of the records written. */
	RECORD_BYTES_WRITTEN

}
