package dev.kvsession.client.rest;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvException.Kind;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnexpectedResponseException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.support.SafeCause;
import dev.kvsession.client.support.Stages;

/**
 * Sends each call once, and keeps what answers say about the token's calls. Never blocks.
 * Safe for concurrent use.
 */
final class CallSender implements AutoCloseable {

	private static final int TOO_LARGE = 413;

	/**
	 * Limits for bodies are larger than this: a megabyte is usual. A refusal for the size
	 * of less is as good as any other one.
	 */
	private static final int LARGE_BYTES = 64 * 1024;

	private final KvConnection connection;

	private final KvTransport transport;

	private final InstantSource clock;

	private final AtomicReference<@Nullable KvRateLimit> rateLimit = new AtomicReference<>();

	private final ClockCheck clockCheck = new ClockCheck();

	private volatile boolean closed;

	CallSender(KvConnection connection, KvTransport transport, InstantSource clock) {
		this.connection = connection;
		this.transport = transport;
		this.clock = clock;
	}

	<T> CompletionStage<T> send(KvCall<T> call) {
		if (this.closed) {
			return CompletableFuture.failedFuture(new KvUnavailableException(
					"The KV client " + where() + " is closed: the application is stopping", null));
		}
		CompletableFuture<T> result = new CompletableFuture<>();
		try {
			this.transport.exchange(call.request(), (response) -> read(call, response))
				.whenComplete((answer, failure) -> ended(call, answer, failure, result));
		}
		catch (RuntimeException | Error ex) {
			result.completeExceptionally(withoutAnswer(call, ex));
		}
		return result;
	}

	private <T> T read(KvCall<T> call, KvResponse response) {
		try {
			T answer = call.reader().apply(response);
			observe(response);
			return answer;
		}
		catch (KvException ex) {
			if (isOfKv(ex)) {
				observe(response);
			}
			throw isTooLarge(call, response, ex) ? new KvRequestRefusedException(
					ex.getMessage() + ". What is to be written may be too large for it", ex) : ex;
		}
		catch (RuntimeException | Error ex) {
			throw new KvUnexpectedResponseException(
					what(call) + " could not be read (status " + response.status() + "). Check cloudflare.kv.base-url",
					SafeCause.of(ex));
		}
	}

	/*
	 * What is too large for something in between does not reach KV either.
	 */
	private static boolean isTooLarge(KvCall<?> call, KvResponse response, KvException failure) {
		byte[] body = call.request().body();
		return failure.kind() == Kind.FOREIGN && response.status() == TOO_LARGE && call.operation().isWrite()
				&& body != null && body.length > LARGE_BYTES;
	}

	/*
	 * What stands in between has limits and headers of its own.
	 */
	private static boolean isOfKv(KvException failure) {
		return !failure.isOutage() && failure.kind() != Kind.TOO_LARGE;
	}

	private <T> void ended(KvCall<T> call, T answer, @Nullable Throwable failure, CompletableFuture<T> result) {
		if (failure != null) {
			result.completeExceptionally(withoutAnswer(call, Stages.unwrap(failure)));
		}
		else {
			result.complete(answer);
		}
	}

	/*
	 * A read has no outcome that could be unknown: it is to be repeated, and that is all.
	 */
	private KvException withoutAnswer(KvCall<?> call, Throwable failure) {
		KvException known = (failure instanceof KvException kv) ? kv
				: new KvUnknownOutcomeException(what(call) + " ended without an answer", SafeCause.of(failure));
		if (known instanceof KvUnknownOutcomeException && !call.operation().isWrite()) {
			return new KvUnavailableException(what(call) + " had no answer. KV is not available; " + "try again later",
					known.getCause());
		}
		return known;
	}

	private void observe(KvResponse response) {
		this.clockCheck.check(response.headers(), this.clock.instant());
		KvRateLimit limit = RateLimitHeaders.parse(response.headers());
		if (limit != null) {
			this.rateLimit.set(limit);
		}
	}

	Optional<KvRateLimit> rateLimit() {
		return Optional.ofNullable(this.rateLimit.get());
	}

	private String what(KvCall<?> call) {
		return "KV " + call.operation().label() + " " + where();
	}

	private String where() {
		return "in namespace '" + this.connection.namespaceId() + "'";
	}

	/**
	 * Lets later calls fail; calls under way end with their answer.
	 */
	@Override
	public void close() {
		this.closed = true;
	}

}
