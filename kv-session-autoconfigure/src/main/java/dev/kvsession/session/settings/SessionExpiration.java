package dev.kvsession.session.settings;

/** What ends a session without a logout. */
public enum SessionExpiration {

	/**
	 * Each use postpones the end: the session ends when it has been idle for its max
	 * inactive interval.
	 */
	SLIDING,

	/**
	 * The session ends its max inactive interval after its creation, whatever its use.
	 */
	FIXED

}
