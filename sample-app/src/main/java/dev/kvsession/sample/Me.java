package dev.kvsession.sample;

import java.time.Duration;
import java.time.Instant;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's own session as they may see it: without its id, which is as good as a
 * password. Immutable.
 *
 * @param userId GitHub's number for the account
 * @param githubUsername GitHub's name for the account
 * @param avatarUrl the picture's address, or {@code null} if GitHub shows none
 * @param createdAt when the login began
 * @param lastSeenAt when the session was last used: by this request
 * @param expiresAt when the session ends if nothing uses it, or {@code null} for never
 * @param storageKey the key in KV, shortened
 * @param recordSizeBytes the size of the value in KV
 * @param kvCalls the calls to KV that this request has waited for so far
 */
record Me(String userId, String githubUsername, @Nullable String avatarUrl, Instant createdAt, Instant lastSeenAt,
		@Nullable Instant expiresAt, String storageKey, int recordSizeBytes, int kvCalls) {

	static Me of(GitHubUser user, HttpSession session, StoredRecord stored, int kvCalls) {
		return new Me(user.userId(), user.username(), user.avatarUrl(), Instant.ofEpochMilli(session.getCreationTime()),
				Instant.ofEpochMilli(session.getLastAccessedTime()), stored.expiresAt(), stored.shortKey(),
				stored.sizeBytes(), kvCalls);
	}

	/**
	 * Says how long the session lives without a visit.
	 * @return the time in words, its largest unit only
	 */
	public String expiresIn() {
		return (this.expiresAt != null) ? Words.of(Duration.between(this.lastSeenAt, this.expiresAt)) : "never";
	}

}
