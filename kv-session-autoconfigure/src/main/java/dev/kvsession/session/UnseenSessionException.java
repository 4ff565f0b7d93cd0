package dev.kvsession.session;

import java.time.Duration;

import dev.kvsession.client.KvException;

/**
 * A session certainly exists, since another instance has just said so, but KV does not
 * show it here yet. To take it for absent would log the user out.
 */
final class UnseenSessionException extends KvException {

	private static final long serialVersionUID = 1L;

	/**
	 * KV shows nearly all writes everywhere within a few seconds, and the next attempt
	 * may reach an instance that has the session.
	 */
	private static final Duration SOON = Duration.ofSeconds(2);

	UnseenSessionException(String id) {
		super("Session " + SessionIdHash.of(id) + " was written by another instance a moment ago, KV does not show it "
				+ "here yet, and its record was too large for the handoff cookie. Try again in a moment, or keep less "
				+ "in the session", null);
	}

	@Override
	public Duration retryAfter() {
		return SOON;
	}

}
