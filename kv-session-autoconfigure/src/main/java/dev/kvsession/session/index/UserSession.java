package dev.kvsession.session.index;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.settings.KeySegment;

/**
 * One of a user's sessions, as a page may show it. Immutable; has no session id.
 *
 * @param handle names the session in {@link UserSessions}; nobody can use it as an id
 * @param createdAt when the session was created, before the login if a visitor's session
 * went on
 * @param lastSeenAt when it was last used: on this instance to the second, on others up
 * to a touch interval earlier than it really was
 * @param expiresAt when it ends unless it is used again, or {@code null} for never
 * @param details what the application noted at the login, see
 * {@link dev.kvsession.session.settings.SessionDetails}
 */
public record UserSession(String handle, Instant createdAt, Instant lastSeenAt, @Nullable Instant expiresAt,
		Map<String, String> details) {

	public UserSession {
		details = Map.copyOf(details);
	}

	/**
	 * Returns the handle of a session, to mark the current one in a list.
	 * @param sessionId the session's id
	 * @return its handle, 43 characters
	 */
	public static String handleOf(String sessionId) {
		return KeySegment.handle(sessionId);
	}

	@Override
	public String toString() {
		return "UserSession[" + this.createdAt + "]";
	}

}
