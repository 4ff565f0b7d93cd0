package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * A KV call that did not succeed; the subclasses say what that means for the caller. No
 * message carries a token, a key or a value.
 */
public abstract class KvException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	protected KvException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
