package dev.kvsession.client;

/**
 * What a call is for. Each class but the first has a guaranteed part of the budget; parts
 * that are not used are lent. Declared from the most to the least urgent; do not reorder.
 */
public enum KvCallClass {

	/**
	 * Somebody logs in or out: new sessions of users, changes of id, ends of sessions.
	 * Goes first, from a reserve that nothing else may use.
	 */
	LOGIN,

	/** A request waits for a value that is certainly there, or was a moment ago. */
	READ,

	/**
	 * A request waits for a value whose key this instance does not know and which may be
	 * a guess. Only a bounded part of the calls may be spent on keys that are not there.
	 */
	STRANGER,

	/** A changed session. */
	WRITE,

	/**
	 * A new session without a user on which a login depends. Shares its part with
	 * {@link #ANONYMOUS}, and comes before it.
	 */
	LOGIN_START,

	/** Any other new session without a user: whoever calls a page may make thousands. */
	ANONYMOUS,

	/**
	 * What was served as it is known and is read again behind the request; nobody waits
	 * for it, but the next request wants it.
	 */
	REVALIDATE,

	/** The last access of a session that is only being used; nobody waits. */
	TOUCH,

	/** What is read again in the background; nobody waits. */
	REFRESH;

	/**
	 * Whether it is for background calls.
	 * @return whether no request waits for the call
	 */
	public boolean isBackground() {
		return this == REVALIDATE || this == TOUCH || this == REFRESH;
	}

}
