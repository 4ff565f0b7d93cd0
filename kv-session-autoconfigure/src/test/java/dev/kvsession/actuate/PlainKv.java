package dev.kvsession.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * An engine whose writes fail as a test wants, at one moment.
 */
final class PlainKv {

	static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private final KvEmulatorCore core = new KvEmulatorCore(KvEmulatorSettings.strong());

	private final KvEngine engine;

	private @Nullable KvException failure;

	private int writes;

	PlainKv() {
		KvConnection connection = new KvConnection(KvEmulatorCore.ACCOUNT_ID, KvEmulatorCore.NAMESPACE_ID,
				KvEmulatorCore.API_TOKEN);
		this.engine = new KvEngine(new RestKvClient(connection, this::exchange, () -> NOW), KvBudget.UNLIMITED,
				new KvRuntime(() -> NOW, () -> 0, (task, delay) -> new CompletableFuture<>(), () -> 0),
				KvCallObserver.NOOP);
	}

	private CompletionStage<KvResponse> exchange(KvRequest request) {
		if (this.failure != null && request.method().equals("PUT")) {
			return CompletableFuture.failedFuture(this.failure);
		}
		byte[] body = (request.body() != null) ? request.body() : new byte[0];
		KvEmulatorResponse response = this.core
			.handle(new KvEmulatorRequest("", request.method(), request.path(), Map.of("authorization",
					"Bearer " + KvEmulatorCore.API_TOKEN, "content-type", String.valueOf(request.contentType())), body),
					NOW);
		return CompletableFuture
			.completedFuture(new KvResponse(response.status(), response.headers(), response.body()));
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
