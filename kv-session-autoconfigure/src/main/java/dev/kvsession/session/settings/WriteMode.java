package dev.kvsession.session.settings;

/**
 * What saving a changed session waits for.
 */
public enum WriteMode {

	/**
	 * For KV, but for further changes within the second that KV wants between two writes
	 * of a key, and while KV cannot be written: these are held in memory, visible on this
	 * instance, and written later, several as one. A crash loses what is held.
	 */
	COALESCE,

	/**
	 * For KV, always. Nothing is held in memory; what KV does not take fails.
	 */
	SYNC

}
