package dev.kvsession.session.record;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.session.settings.SessionIdHash;

/**
 * A session exists, since an instance has written it a moment ago, but KV does not show
 * it here yet. To take it for absent would log the user out.
 */
public final class UnseenSessionException extends KvException {

	private static final long serialVersionUID = 1L;

	/**
	 * KV shows nearly all writes everywhere within a few seconds, and the next attempt
	 * may reach an instance that knows the session.
	 */
	private static final Duration SOON = Duration.ofSeconds(2);

	private final Duration retryAfter;

	private UnseenSessionException(String message, @Nullable KvException cause) {
		super(Kind.UNAVAILABLE, message, cause);
		Duration told = (cause != null) ? cause.retryAfter() : SOON;
		this.retryAfter = (told.compareTo(SOON) > 0) ? told : SOON;
	}

	public static UnseenSessionException elsewhere(String id) {
		return new UnseenSessionException("Session " + SessionIdHash.of(id)
				+ " was written by another instance a moment ago, KV does not show it "
				+ "here yet, and no handoff cookie brought its record. Try again in a moment", null);
	}

	public static UnseenSessionException unanswered(String id, KvException cause) {
		return new UnseenSessionException("Session " + SessionIdHash.of(id)
				+ " was written by another instance a moment ago, no handoff cookie brought its record, and KV cannot "
				+ "be asked. Try again later", cause);
	}

	public static UnseenSessionException forgotten(String id) {
		return new UnseenSessionException("Session " + SessionIdHash.of(id)
				+ " was written here a moment ago, KV does not show that yet, and there was no memory to hold it. Try "
				+ "again in a moment, or raise cloudflare.kv.session.near-cache.max-weight", null);
	}

	@Override
	public Duration retryAfter() {
		return this.retryAfter;
	}

}
