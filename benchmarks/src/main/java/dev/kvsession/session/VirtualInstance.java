package dev.kvsession.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;

/**
 * One instance of an application in virtual time: the real repository, engine and client
 * over the emulated KV.
 */
final class VirtualInstance {

	static final JsonSessionCodec CODEC = new JsonSessionCodec(VirtualInstance.class.getClassLoader(), List.of(),
			JdkFallback.OFF);

	/**
	 * Holds 10,000 logins with GitHub, which the default of 64 MB does not.
	 */
	static final DataSize NEAR_CACHE = DataSize.ofMegabytes(256);

	private final String name;

	private final KvEmulatorCore core;

	private final Timeline timeline;

	private final Supplier<Duration> distance;

	private final KvSessionRepository repository;

	VirtualInstance(String name, KvEmulatorCore core, Timeline timeline, StageWaiter waiter, KvBudget budget) {
		this(name, core, timeline, waiter, budget, () -> Duration.ZERO);
	}

	/**
	 * Creates an instance far from KV.
	 * @param name its name in stamps
	 * @param core the emulated KV
	 * @param timeline the time
	 * @param waiter waits on behalf of requests
	 * @param budget its share of the token's calls
	 * @param distance what each call takes longer than the emulated KV says
	 */
	VirtualInstance(String name, KvEmulatorCore core, Timeline timeline, StageWaiter waiter, KvBudget budget,
			Supplier<Duration> distance) {
		this.distance = distance;
		this.name = name;
		this.core = core;
		this.timeline = timeline;
		Random random = new Random(name.hashCode());
		KvConnection connection = new KvConnection(KvEmulatorCore.ACCOUNT_ID, KvEmulatorCore.NAMESPACE_ID,
				KvEmulatorCore.API_TOKEN);
		KvTransport transport = this::exchange;
		RestKvClient client = new RestKvClient(connection, transport, timeline);
		KvRuntime runtime = new KvRuntime(timeline, timeline::nanos, timeline, random::nextDouble);
		KvEngine engine = new KvEngine(client, budget, runtime, KvCallObserver.NOOP);
		this.repository = new KvSessionRepository(engine,
				new EngineRuntime(timeline, timeline::nanos, timeline, random::nextDouble, name, waiter), CODEC);
		this.repository.setNearCache(NearCacheSettings.DEFAULT.withMaxWeight(NEAR_CACHE));
	}

	KvSessionRepository repository() {
		return this.repository;
	}

	private CompletionStage<KvResponse> exchange(KvRequest request) {
		Map<String, String> headers = new HashMap<>();
		headers.put("authorization", "Bearer " + KvEmulatorCore.API_TOKEN);
		if (request.contentType() != null) {
			headers.put("content-type", request.contentType());
		}
		byte[] body = (request.body() != null) ? request.body() : new byte[0];
		KvEmulatorResponse response = this.core.handle(
				new KvEmulatorRequest(this.name, request.method(), request.path(), headers, body),
				this.timeline.instant());
		CompletableFuture<KvResponse> answer = new CompletableFuture<>();
		this.timeline.schedule(
				() -> answer.complete(new KvResponse(response.status(), response.headers(), response.body())),
				response.latency().plus(this.distance.get()));
		return answer;
	}

}
