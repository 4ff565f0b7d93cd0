package dev.kvsession.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A KV call that did not succeed; the subclasses say what that means for the caller. No
 * message carries a token, a key or a value.
 */
public abstract class KvException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * What to tell callers when KV has said nothing: long enough for a hiccup to pass.
	 */
	private static final Duration SOON = Duration.ofSeconds(5);

	protected KvException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Returns how long to wait before the same call may succeed.
	 * @return what KV has said, else five seconds; counted from the failure
	 */
	public Duration retryAfter() {
		return SOON;
	}

}
