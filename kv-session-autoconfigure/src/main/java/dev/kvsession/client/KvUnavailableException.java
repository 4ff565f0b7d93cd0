package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * KV did not serve the call, and the call did not happen: no connection, 408, 5xx, or an
 * answer that is not KV's. Worth repeating later.
 */
public final class KvUnavailableException extends KvException {

	private static final long serialVersionUID = 1L;

	KvUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
