package dev.kvsession.session.settings;

/** What to do when a session cannot be read because KV does not answer. */
public enum ReadFailurePolicy {

	/**
	 * The read fails; the filter answers 503 with {@code Retry-After}. The user's cookie
	 * stays.
	 */
	FAIL,

	/**
	 * The request goes on without a session. If it creates one, the user's cookie is
	 * overwritten and the earlier login is lost to that browser.
	 */
	NO_SESSION

}
