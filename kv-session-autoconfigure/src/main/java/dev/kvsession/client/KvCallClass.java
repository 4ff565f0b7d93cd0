package dev.kvsession.client;

/**
 * Priority class: what a call is for. Each class except the first has a guaranteed part
 * of the budget; unused parts are lent. From the most to the least urgent; do not
 * reorder.
 */
public enum KvCallClass {

	/**
	 * Login or logout: new sessions of users, changes of id, ends of sessions. Goes
	 * first, from a reserve that no other class may use.
	 */
	LOGIN,

	/** A request waits for a value that exists, or did a moment ago. */
	READ,

	/**
	 * A request waits for a value whose key this instance does not know; the key may be a
	 * guess. Only a bounded part of the calls may be spent on absent keys.
	 */
	UNKNOWN_ID,

	/** A changed session. */
	WRITE,

	/**
	 * A new session without a user on which a login depends. Shares its part with
	 * {@link #ANONYMOUS}, and comes before it.
	 */
	LOGIN_START,

	/** Any other new session without a user: any visitor may create thousands. */
	ANONYMOUS,

	/** Stale while revalidate: a known session was served and is read again. */
	REVALIDATE,

	/** A touch: a write of a session's last access time; no request waits. */
	TOUCH,

	/** Refresh ahead: a session is read again in the background. */
	REFRESH;

	/**
	 * Whether it is for background calls.
	 * @return whether no request waits for the call
	 */
	public boolean isBackground() {
		return this == REVALIDATE || this == TOUCH || this == REFRESH;
	}

}
