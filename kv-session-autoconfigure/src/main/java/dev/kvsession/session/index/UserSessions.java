package dev.kvsession.session.index;

import java.util.List;

/**
 * The sessions of a user: to show them, and to sign out elsewhere. There is a bean of
 * this type with {@code cloudflare.kv.session.repository-type=indexed}. Every method is a
 * remote call, repeated like the session store's own, and blocks the caller; a failure of
 * KV reaches the caller as a {@link dev.kvsession.client.KvException}. Safe for
 * concurrent use.
 * <p>
 * KV's listing lags behind by a minute or more. Sessions that this instance knows are
 * seen at once, others when KV shows them. Therefore {@link #endAll} and
 * {@link #endOthers} list again in the background, the last time after 245 seconds, and
 * end what had begun before they were called. If this instance stops within these
 * minutes, a session that began in the last minute before the call may go on.
 */
public interface UserSessions {

	/**
	 * Lists a user's sessions, the last used first. Costs one listing and one read.
	 * @param principal the principal's name
	 * @return the newest hundred; a session that ended elsewhere a minute ago may be
	 * among them
	 */
	List<UserSession> list(String principal);

	/**
	 * Ends one session of a user, as a logout does. Idempotent.
	 * @param principal the principal's name
	 * @param handle the session's handle
	 * @return whether it was found; {@code false} also for a session of another user
	 */
	boolean end(String principal, String handle);

	/**
	 * Ends all sessions of a user that began before now, or in the next five seconds.
	 * Idempotent. Goes on in the background, also if it throws because KV could not be
	 * listed.
	 * @param principal the principal's name
	 * @return how many were found at once; while KV is down, their ends are sent later
	 */
	int endAll(String principal);

	/**
	 * Ends all sessions of a user that began before now except one, which may change its
	 * id meanwhile. As {@link #endAll} otherwise.
	 * @param principal the principal's name
	 * @param currentId the id of the session that stays
	 * @return how many were found at once
	 */
	int endOthers(String principal, String currentId);

}
