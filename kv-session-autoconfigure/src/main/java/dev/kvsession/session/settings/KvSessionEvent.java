package dev.kvsession.session.settings;

/**
 * What a repository counts.
 */
public enum KvSessionEvent {

	/** A session was found in memory, fresh enough. */
	NEAR_CACHE_HIT,

	/** A session had to be read from KV. */
	NEAR_CACHE_MISS,

	/** A session was served older than its time, because KV could not be asked. */
	STALE_SERVED,

	/**
	 * A safe request was served a session older than its time to live, while it was read
	 * again.
	 */
	STALE_WHILE_REVALIDATE,

	/**
	 * Another request was served such a session, because KV had not answered within the
	 * soft time-out.
	 */
	SOFT_TIMEOUT,

	/**
	 * A request was answered without waiting any longer, because too many waited for KV
	 * already.
	 */
	WAIT_REFUSED,

	/**
	 * An unknown id was refused without a read, because most of them are guesses and many
	 * waited already.
	 */
	GUESS_REFUSED,

	/**
	 * Of those served before KV had answered, requests whose session turned out to have
	 * ended elsewhere.
	 */
	SERVED_AFTER_END,

	/** An entry was read again in the background. */
	REFRESHED,

	/** A change was joined to one that waited to be written. */
	COALESCED_WRITE,

	/** A change was kept in memory, because KV could not take it. */
	DEFERRED_WRITE,

	/** A deferred change was given up: its session had ended meanwhile. */
	DROPPED_WRITE,

	/** An id was refused because it had ended here or, as was learnt, elsewhere. */
	TOMBSTONE_HIT,

	/** A record was looked at again after it had been written. */
	SECOND_LOOK,

	/** A second look found a change of another instance overwritten, and mended it. */
	SECOND_LOOK_MERGED,

	/** A second look found that the session had ended elsewhere, and ended it again. */
	SECOND_LOOK_ENDED,

	/** A record or security context could not be read. */
	UNREADABLE,

	/** An id was refused that no generator of ours can have made. */
	REFUSED_ID,

	/** KV had no session for a well-formed id. */
	UNKNOWN_ID,

	/** A session was taken from a handoff cookie. */
	HANDOFF_USED,

	/** A session of a user was created. */
	CREATED_LOGIN,

	/** A session without a user was created on which a login depends. */
	CREATED_LOGIN_START,

	/** Another session without a user was created. */
	CREATED_ANONYMOUS,

	/** Of these two, one was refused since too many waited to be written. */
	CREATION_REFUSED,

	/** A record was written. */
	RECORD_WRITTEN,

	/** Bytes of the records written. */
	RECORD_BYTES_WRITTEN

}
