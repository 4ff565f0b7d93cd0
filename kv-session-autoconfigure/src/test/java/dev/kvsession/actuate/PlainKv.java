package dev.kvsession.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import dev.kvsession.VirtualTransport;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * An engine whose writes fail as a test wants, at one moment.
 */
final class PlainKv {

	static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private final VirtualTransport transport = new VirtualTransport("",
			new VirtualKv(KvEmulatorSettings.strong(), new VirtualTime()), PlainKv::run);

	private final KvEngine engine;

	private @Nullable KvException failure;

	private int writes;

	PlainKv() {
		this.engine = new KvEngine(new RestKvClient(VirtualTransport.CONNECTION, this::exchange, () -> NOW),
				KvBudget.UNLIMITED,
				new KvRuntime(() -> NOW, () -> 0, (task, delay) -> new CompletableFuture<>(), () -> 0),
				KvCallObserver.NOOP);
	}

	private CompletionStage<KvResponse> exchange(KvRequest request) {
		return (this.failure != null && request.method().equals("PUT")) ? CompletableFuture.failedFuture(this.failure)
				: this.transport.exchange(request);
	}

	private static Future<?> run(Runnable task, Duration delay) {
		task.run();
		return CompletableFuture.completedFuture(null);
	}

	KvEngine engine() {
		return this.engine;
	}

	/** Lets writes fail, or succeed, and makes one. */
	void fail(@Nullable KvException failure) {
		this.failure = failure;
		this.engine.put(new KvPair("a" + this.writes++, "v", Duration.ofHours(1)), KvCallClass.LOGIN);
	}

	void read() {
		this.engine.get("a", KvCallClass.READ);
	}

}
