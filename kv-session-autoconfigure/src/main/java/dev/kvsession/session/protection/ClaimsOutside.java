package dev.kvsession.session.protection;

/**
 * Whether a sealed record has a copy of its claims and times that can be read without the
 * key.
 */
public enum ClaimsOutside {

	/** Nothing can be read without the key. */
	NONE,

	/**
	 * Claims and times can be read without the key, for readers at the edge that do not
	 * have it. Who has the key compares the copy, and rejects one that differs.
	 */
	READABLE

}
