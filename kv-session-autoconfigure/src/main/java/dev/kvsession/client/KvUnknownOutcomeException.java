package dev.kvsession.client;

import org.jspecify.annotations.Nullable;

/**
 * The request may have reached KV, but no answer came back. A write may or may not have
 * happened; repeating it is safe, since all KV calls are idempotent.
 */
public final class KvUnknownOutcomeException extends KvException {

	private static final long serialVersionUID = 1L;

	KvUnknownOutcomeException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
