package dev.kvsession.client;

import java.util.concurrent.CompletionStage;

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

}
