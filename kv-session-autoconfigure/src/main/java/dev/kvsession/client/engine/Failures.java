package dev.kvsession.client.engine;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;

/**
 * Says failures as they concern who asked.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * A read has no outcome that could be unknown; a write whose answer was once lost has
	 * one, whatever came of its repetitions.
	 * @param item what failed
	 * @param failure the last failure
	 * @return what to tell
	 */
	static Throwable told(Item item, Throwable failure) {
		boolean unknown = failure instanceof KvUnknownOutcomeException;
		if (item.kind() == CallKind.READ) {
			return unknown ? new KvUnavailableException("A KV read had no answer. KV is not available; try again later",
					failure.getCause()) : failure;
		}
		if (!item.isOutcomeOpen() || unknown || !(failure instanceof KvException)) {
			return failure;
		}
		return new KvUnknownOutcomeException("A KV " + item.kind().one() + " may or may not have happened: an answer "
				+ "was lost, and the last try failed (see cause). Repeat it once the cause is gone", failure);
	}

	static KvException undone() {
		return new KvKeyRateLimitException("KV reported a key of a bulk call as not written, as it does for a key "
				+ "that is written more than once a second. Write it again later", null);
	}

	static Throwable unwrap(Throwable failure) {
		Throwable unwrapped = failure;
		while ((unwrapped instanceof CompletionException || unwrapped instanceof ExecutionException)
				&& unwrapped.getCause() != null) {
			unwrapped = unwrapped.getCause();
		}
		return unwrapped;
	}

}
