package dev.kvsession.client.rest;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvException.Kind;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnexpectedResponseException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.support.SafeCause;
import dev.kvsession.client.support.Stages;

/**
 * Sends each call once, and keeps the rate limit of the latest answer. Never blocks. Safe
 * for concurrent use.
 */
final class CallSender implements AutoCloseable {

	private static final int TOO_LARGE = 413;

	/** Intermediaries take larger bodies than this: a megabyte is usual. */
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

	/** Sends a call; the reader turns its answer into a result or throws. */
	<T> CompletionStage<T> send(Operation operation, KvRequest request, Function<KvResponse, T> reader) {
		if (this.closed) {
			return CompletableFuture.failedFuture(new KvUnavailableException(
					"The KV client " + where() + " is closed: the application is stopping", null));
		}
		CompletableFuture<T> result = new CompletableFuture<>();
		Stages.start(() -> this.transport.exchange(request, (response) -> read(operation, request, reader, response)))
			.whenComplete((answer, failure) -> {
				Throwable unwrapped = Stages.unwrapNullable(failure);
				Stages.complete(result, answer, (unwrapped != null) ? withoutAnswer(operation, unwrapped) : null);
			});
		return result;
	}

	private <T> T read(Operation operation, KvRequest request, Function<KvResponse, T> reader, KvResponse response) {
		try {
			T answer = reader.apply(response);
			observe(response);
			return answer;
		}
		catch (KvException ex) {
			// An intermediary has limits and headers of its own.
			if (!ex.isOutage() && ex.kind() != Kind.TOO_LARGE) {
				observe(response);
			}
			throw isTooLarge(operation, request, response, ex)
					? new KvRequestRefusedException(ex.getMessage() + ". The value may be too large for it", ex) : ex;
		}
		catch (RuntimeException | Error ex) {
			throw new KvUnexpectedResponseException(what(operation) + " could not be read (status " + response.status()
					+ "). Check cloudflare.kv.base-url", SafeCause.of(ex));
		}
	}

	// Repeating a write that is too large for an intermediary is of no use.
	private static boolean isTooLarge(Operation operation, KvRequest request, KvResponse response,
			KvException failure) {
		byte[] body = request.body();
		return failure.kind() == Kind.FOREIGN && response.status() == TOO_LARGE && operation.isWrite() && body != null
				&& body.length > LARGE_BYTES;
	}

	// A read cannot have an unknown outcome: it is repeated.
	private KvException withoutAnswer(Operation operation, Throwable failure) {
		KvException known = (failure instanceof KvException kv) ? kv
				: new KvUnknownOutcomeException(what(operation) + " ended without an answer", SafeCause.of(failure));
		return (known instanceof KvUnknownOutcomeException && !operation.isWrite()) ? new KvUnavailableException(
				what(operation) + " had no answer. KV is not available; try again later", known.getCause()) : known;
	}

	private void observe(KvResponse response) {
		this.clockCheck.check(response.headers(), this.clock.instant());
		KvRateLimit limit = RateLimitHeaders.parse(response.headers());
		if (limit != null) {
			this.rateLimit.set(limit);
		}
	}

	Duration clockOffset() {
		return this.clockCheck.offset();
	}

	Optional<KvRateLimit> rateLimit() {
		return Optional.ofNullable(this.rateLimit.get());
	}

	private String what(Operation operation) {
		return "KV " + operation.label() + " " + where();
	}

	private String where() {
		return "in namespace '" + this.connection.namespaceId() + "'";
	}

	/** Makes later calls fail; calls in flight end with their answer. */
	@Override
	public void close() {
		this.closed = true;
	}

}
