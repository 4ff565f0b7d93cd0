package dev.kvsession;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.kv.KvDelivery;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;

/**
 * Carries an instance's calls to a virtual KV and the answers back.
 */
public final class VirtualTransport implements KvTransport {

	/**
	 * The virtual KV's namespace and token.
	 */
	public static final KvConnection CONNECTION = new KvConnection(KvEmulatorCore.ACCOUNT_ID,
			KvEmulatorCore.NAMESPACE_ID, KvEmulatorCore.API_TOKEN);

	private final String client;

	private final VirtualKv kv;

	private final KvScheduler scheduler;

	/**
	 * Creates a transport.
	 * @param client the instance's name in the log
	 * @param kv where calls arrive
	 * @param scheduler delivers answers
	 */
	public VirtualTransport(String client, VirtualKv kv, KvScheduler scheduler) {
		this.client = client;
		this.kv = kv;
		this.scheduler = scheduler;
	}

	@Override
	public CompletionStage<KvResponse> exchange(KvRequest request) {
		KvEmulatorResponse response = send(this.client, request, this.kv);
		CompletableFuture<KvResponse> answer = new CompletableFuture<>();
		Duration drip = response.dripInterval().multipliedBy(response.body().length);
		this.scheduler.schedule(() -> deliver(response, answer), response.latency().plus(drip));
		return answer;
	}

	/**
	 * Hands a call to a virtual KV.
	 * @param client the instance's name in the log
	 * @param request the call
	 * @param kv where it arrives
	 * @return the answer and how to deliver it
	 */
	public static KvEmulatorResponse send(String client, KvRequest request, VirtualKv kv) {
		Map<String, String> headers = new HashMap<>(Map.of("authorization", "Bearer " + KvEmulatorCore.API_TOKEN));
		if (request.contentType() != null) {
			headers.put("content-type", request.contentType());
		}
		byte[] body = (request.body() != null) ? request.body() : new byte[0];
		return kv.handle(new KvEmulatorRequest(client, request.method(), request.path(), headers, body));
	}

	private void deliver(KvEmulatorResponse response, CompletableFuture<KvResponse> answer) {
		if (response.delivery() == KvDelivery.RESET_BEFORE || response.delivery() == KvDelivery.LOST_AFTER_WRITE) {
			answer.completeExceptionally(new KvUnknownOutcomeException("The connection was reset", null));
			return;
		}
		Map<String, String> headers = new HashMap<>(response.headers());
		headers.putIfAbsent("date",
				DateTimeFormatter.RFC_1123_DATE_TIME.format(this.kv.time().instant().atOffset(ZoneOffset.UTC)));
		answer.complete(new KvResponse(response.status(), headers, response.body()));
	}

}
