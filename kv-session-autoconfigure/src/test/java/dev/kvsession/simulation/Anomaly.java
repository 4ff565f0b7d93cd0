package dev.kvsession.simulation;

/**
 * What must happen now and then, or the simulation proves little.
 */
enum Anomaly {

	/** KV returned an older value than the stored one. */
	STALE_READ,

	/** KV said that a key which it holds does not exist. */
	CACHED_MISS,

	/** KV refused a write because its key had just been written. */
	KEY_REFUSED,

	/** KV refused a call because the token had made too many, by foreign use. */
	TOKEN_REFUSED,

	/** A call took effect, and its answer was lost. */
	LOST_ANSWER,

	/** A read got the answer of the call before it. */
	SHIFTED_ANSWER,

	/** The connection broke before KV saw the call. */
	RESET,

	/** A call took so long that the instance gave it up. */
	TIME_OUT,

	/** KV answered with a 5xx. */
	SERVER_ERROR,

	/** Several pairs were written by one call. */
	BULK_PUT,

	/** A bulk call failed for the sake of one of its pairs. */
	BAD_PAIR,

	/** A bulk call did not apply all of its pairs. */
	PARTIAL_FAILURE,

	/** KV was down for a while. */
	OUTAGE,

	/** A record was written that lacked a change of another instance. */
	OVERWRITTEN,

	/** A record was written after its session had ended. */
	REVIVED,

	/** An instance lost its power. */
	CRASH,

	/** An instance lost its power within two minutes of a write. */
	CRASH_IN_WINDOW,

	/** An instance was stopped in an orderly manner. */
	STOPPED,

	/** An instance that was stopped had something to write. */
	FLUSHED,

	/** A save failed, and what it should have written is in KV all the same. */
	FAILED_BUT_WRITTEN,

	/** A value was set again that the request had read. */
	SET_AGAIN,

	/** A value was set while the session was being saved. */
	SET_DURING_A_SAVE,

	/** A session was ended under the id that another request was changing. */
	ENDED_BESIDE_A_CHANGE_OF_ID,

	/** A session got another user. */
	USER_CHANGED,

	/** All sessions of a user were ended, or all others. */
	SIGNED_OUT,

	/** A session was found by its user's name. */
	FOUND_BY_NAME,

	/** A sign-out ended a session that was not listed at once. */
	SIGNED_OUT_LATER,

	/** An instance was replaced by one that protects sessions differently. */
	SETTING_CHANGED,

	/** A save changed a session's id because ids are made differently now. */
	ID_RENEWED,

	/** A session was used by somebody who should not have its cookie any more. */
	STOLEN

}
