package dev.kvsession.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.kv.KvDelivery;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;

/**
 * Carries an instance's calls to the emulated KV and the answers back, in virtual time.
 */
final class EmulatorTransport implements KvTransport {

	private final String client;

	private final World world;

	private final KvScheduler scheduler;

	private final Consumer<KvCall> arrived;

	EmulatorTransport(String client, World world, KvScheduler scheduler, Consumer<KvCall> arrived) {
		this.client = client;
		this.world = world;
		this.scheduler = scheduler;
		this.arrived = arrived;
	}

	@Override
	public CompletionStage<KvResponse> exchange(KvRequest request) {
		byte[] body = (request.body() != null) ? request.body() : new byte[0];
		KvEmulatorResponse response = this.world.kv()
			.handle(new KvEmulatorRequest(this.client, request.method(), request.path(), headers(request), body));
		CompletableFuture<KvResponse> answer = new CompletableFuture<>();
		Duration drip = response.dripInterval().multipliedBy(response.body().length);
		this.scheduler.schedule(() -> deliver(response, answer), response.latency().plus(drip));
		this.arrived.accept(this.world.calls().get(this.world.calls().size() - 1));
		return answer;
	}

	private static Map<String, String> headers(KvRequest request) {
		Map<String, String> headers = new HashMap<>();
		headers.put("authorization", "Bearer " + KvEmulatorCore.API_TOKEN);
		if (request.contentType() != null) {
			headers.put("content-type", request.contentType());
		}
		return headers;
	}

	private static void deliver(KvEmulatorResponse response, CompletableFuture<KvResponse> answer) {
		if (response.delivery() == KvDelivery.RESET_BEFORE || response.delivery() == KvDelivery.LOST_AFTER_WRITE) {
			answer.completeExceptionally(new KvUnknownOutcomeException("The connection was reset", null));
			return;
		}
		answer.complete(new KvResponse(response.status(), response.headers(), response.body()));
	}

}
