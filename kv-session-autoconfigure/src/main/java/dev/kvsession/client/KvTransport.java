package dev.kvsession.client;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Carries one HTTP exchange to the KV REST API: the seam below the engine. It neither
 * retries nor interprets. Implementations are safe for concurrent use.
 */
@FunctionalInterface
public interface KvTransport {

	/**
	 * Sends a request.
	 * @param request what to send
	 * @return the answer, whatever its status; fails with {@link KvUnavailableException}
	 * if the request certainly never left (no connection), and with
	 * {@link KvUnknownOutcomeException} if it may have arrived (time-out, reset)
	 */
	CompletionStage<KvResponse> exchange(KvRequest request);

	/**
	 * Sends a request and reads its answer. The reader knows whether the answer belongs
	 * to this request. If it throws, an implementation should not use the connection
	 * again, since the next answers on it may belong to other requests, too. The default
	 * implementation leaves the connection as it is.
	 * @param <T> what the answer becomes
	 * @param request what to send
	 * @param reader turns the answer into a result, or throws; must not block
	 * @return the result; fails as {@link #exchange(KvRequest)}, or with what the reader
	 * throws
	 */
	default <T> CompletionStage<T> exchange(KvRequest request, Function<KvResponse, T> reader) {
		return exchange(request).thenApply(reader);
	}

}
