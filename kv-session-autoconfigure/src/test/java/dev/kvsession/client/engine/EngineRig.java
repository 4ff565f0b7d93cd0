package dev.kvsession.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.VirtualTime;
import dev.kvsession.client.engine.pace.Pace;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvContents;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.KvFaults;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvDelivery;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real engine and the real client over the emulated KV, in virtual time and on the
 * test's thread. Each answer takes 25 ms unless told otherwise.
 */
final class EngineRig {

	static final Duration LATENCY = Duration.ofMillis(25);

	private final VirtualTime time = new VirtualTime();

	private final List<String> observed = new ArrayList<>();

	private final KvEmulatorCore core;

	private final KvEngine engine;

	private double jitter;

	EngineRig() {
		this(KvEmulatorSettings.strong(), KvBudget.UNLIMITED);
	}

	EngineRig(KvEmulatorSettings settings, KvBudget budget) {
		this.core = new KvEmulatorCore(settings.withLatency(KvLatency.between(LATENCY, LATENCY)));
		this.engine = another(budget);
	}

	/**
	 * Starts another instance with the same token.
	 */
	KvEngine another(KvBudget budget) {
		KvConnection connection = new KvConnection(KvEmulatorCore.ACCOUNT_ID, KvEmulatorCore.NAMESPACE_ID,
				KvEmulatorCore.API_TOKEN);
		KvRuntime runtime = new KvRuntime(this.time, () -> TimeUnit.MILLISECONDS.toNanos(this.time.millis()), this.time,
				() -> this.jitter);
		return new KvEngine(new RestKvClient(connection, this::exchange, this.time), budget, runtime, this::observe);
	}

	private KvCallObserver.Call observe(String operation, int items) {
		this.observed.add(operation + " " + items);
		return (failure) -> {
		};
	}

	private CompletionStage<KvResponse> exchange(KvRequest request) {
		byte[] body = (request.body() != null) ? request.body() : new byte[0];
		KvEmulatorResponse response = this.core
			.handle(new KvEmulatorRequest("", request.method(), request.path(), headers(request), body), now());
		CompletableFuture<KvResponse> answer = new CompletableFuture<>();
		this.time.schedule(() -> deliver(response, answer), response.latency());
		return answer;
	}

	private Instant now() {
		return this.time.instant();
	}

	private static Map<String, String> headers(KvRequest request) {
		String authorization = "Bearer " + KvEmulatorCore.API_TOKEN;
		return (request.contentType() == null) ? Map.of("authorization", authorization)
				: Map.of("authorization", authorization, "content-type", request.contentType());
	}

	private static void deliver(KvEmulatorResponse response, CompletableFuture<KvResponse> answer) {
		if (response.delivery() == KvDelivery.RESET_BEFORE || response.delivery() == KvDelivery.LOST_AFTER_WRITE) {
			answer.completeExceptionally(new KvUnknownOutcomeException("The connection was reset", null));
			return;
		}
		answer.complete(new KvResponse(response.status(), response.headers(), response.body()));
	}

	KvEngine engine() {
		return this.engine;
	}

	VirtualTime time() {
		return this.time;
	}

	KvEmulatorCore core() {
		return this.core;
	}

	KvFaults faults() {
		return this.core.faults();
	}

	KvContents contents() {
		return this.core.contents(this.time);
	}

	void jitter(double jitter) {
		this.jitter = jitter;
	}

	void pass(Duration duration) {
		this.time.advance(duration);
	}

	/** Lets what is under way be answered, and what that sends. */
	void answers() {
		pass(LATENCY);
	}

	List<KvCall> calls(KvCallKind... kinds) {
		return this.core.log().calls(kinds);
	}

	/** How many keys each call carried. */
	List<Integer> sizes(KvCallKind... kinds) {
		return calls(kinds).stream().map((call) -> call.keys().size()).toList();
	}

	/** Operations and sizes, as the observer was told. */
	List<String> observed() {
		return this.observed;
	}

	CompletableFuture<Void> put(String key, KvCallClass callClass) {
		return this.engine.put(pair(key), callClass);
	}

	static KvPair pair(String key) {
		return new KvPair(key, "v-" + key, Duration.ofHours(1));
	}

	CompletableFuture<?> read(String key) {
		return this.engine.get(key, KvCallClass.READ);
	}

	/** Occupies all that may be under way, so that what comes next has to wait. */
	void occupy() {
		for (int i = 0; i < Pace.MOST_UNDER_WAY; i++) {
			read("occupant" + i);
		}
		this.core.log().clear();
		this.observed.clear();
	}

	static <T extends Throwable> T failure(CompletableFuture<?> future, Class<T> type) {
		assertThat(future).isCompletedExceptionally();
		try {
			future.getNow(null);
		}
		catch (RuntimeException ex) {
			Throwable failure = (ex instanceof CompletionException) ? ex.getCause() : ex;
			assertThat(failure).isInstanceOf(type);
			return type.cast(failure);
		}
		throw new AssertionError("The future has not failed");
	}

}
