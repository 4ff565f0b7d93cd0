package dev.kvsession.sample;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.index.UserSession;

/**
 * One of somebody's sessions as the page lists it. Immutable.
 *
 * @param handle names it in the form that ends it; nobody can use it as an id
 * @param browser the browser of the login in words, or {@code null} if it is unknown
 * @param country the country of the login, or {@code null} if it is unknown
 * @param createdAt when the login began
 * @param lastSeenAt when it was last used, as far as this instance knows
 * @param lastSeen the same in words
 * @param current whether it is the one of this request
 */
record ListedSession(String handle, @Nullable String browser, @Nullable String country, Instant createdAt,
		Instant lastSeenAt, String lastSeen, boolean current) {

	static ListedSession of(UserSession session, String currentId, Instant now) {
		boolean current = session.handle().equals(UserSession.handleOf(currentId));
		Instant lastSeenAt = current ? now : session.lastSeenAt();
		return new ListedSession(session.handle(), session.details().get(LoginDetails.BROWSER),
				session.details().get(LoginDetails.COUNTRY), session.createdAt(), lastSeenAt,
				Words.ago(Duration.between(lastSeenAt, now)), current);
	}

}
