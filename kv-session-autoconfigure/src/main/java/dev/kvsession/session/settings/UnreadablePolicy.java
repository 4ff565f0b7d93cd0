package dev.kvsession.session.settings;

/**
 * What to do with a stored session whose record or security context cannot be decoded.
 * Other attributes that cannot be decoded are hidden and kept in KV as they are, unless
 * the policy is {@link #FAIL}.
 */
public enum UnreadablePolicy {

	/** Treats the session as absent; the record stays until its lifetime ends. */
	NEW_SESSION,

	/**
	 * Hides only the attribute that cannot be decoded, the security context included; a
	 * record that cannot be decoded at all counts as absent.
	 */
	DROP_ATTRIBUTE,

	/** Fails the read. */
	FAIL

}
