package dev.kvsession.session.settings;

/** What saving a changed session waits for. */
public enum WriteMode {

	/**
	 * For KV, with two exceptions: further changes within the second that KV wants
	 * between two writes of a key, and changes while KV cannot be written. These are
	 * accepted into memory, visible on this instance, and written later, several in one
	 * write. A crash loses them.
	 */
	COALESCE,

	/**
	 * Always for KV. Nothing is accepted into memory; a change that KV does not take
	 * fails.
	 */
	SYNC

}
