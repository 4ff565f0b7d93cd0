package dev.kvsession.session.settings;

/**
 * What ends a session that nobody logs out of.
 */
public enum SessionExpiration {

	/**
	 * Each use postpones the end: the session ends when it has been idle for its max
	 * inactive interval.
	 */
	SLIDING,

	/**
	 * Use does not matter: the session ends its max inactive interval after creation.
	 */
	FIXED

}
