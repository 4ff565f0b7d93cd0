package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.test.VirtualTime;

/**
 * A client of somebody else's: has every key, says about the rate what a test wants, and
 * answers after the latency, without one on the caller's thread.
 */
final class PlainClient implements KvClient {

	private final VirtualTime time = new VirtualTime();

	private final List<String> calls = new ArrayList<>();

	private int underWay;

	private int mostUnderWay;

	Duration latency = Duration.ZERO;

	@Nullable KvRateLimit limit;

	Function<String, @Nullable KvException> failures = (call) -> null;

	KvEngine engine(KvBudget budget) {
		KvRuntime runtime = new KvRuntime(this.time, this.time::nanos, this.time::schedule, () -> 0);
		return new KvEngine(this, budget, runtime, KvCallObserver.NOOP);
	}

	void pass(Duration duration) {
		this.time.advance(duration);
	}

	/** Says from now on how many calls the token has left, and for how long. */
	void says(long remaining, Duration resetAfter) {
		this.limit = new KvRateLimit(remaining, resetAfter);
	}

	/** Operations, with the key or how many keys there were. */
	List<String> calls() {
		return this.calls;
	}

	int mostUnderWay() {
		return this.mostUnderWay;
	}

	private <T> CompletionStage<T> answer(String call, T value) {
		this.calls.add(call);
		this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
		KvException failure = this.failures.apply(call);
		CompletableFuture<T> answer = new CompletableFuture<>();
		Runnable end = () -> {
			this.underWay--;
			if (failure != null) {
				answer.completeExceptionally(failure);
			}
			else {
				answer.complete(value);
			}
		};
		if (this.latency.isZero()) {
			end.run();
		}
		else {
			this.time.schedule(end, this.latency);
		}
		return answer;
	}

	@Override
	public CompletionStage<Optional<String>> get(String key) {
		return answer("get " + key, Optional.of("v"));
	}

	@Override
	public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
		return answer("getAll " + keys.size(), keys.stream().collect(Collectors.toMap((key) -> key, (key) -> "v")));
	}

	@Override
	public CompletionStage<Void> put(KvPair pair) {
		return answer("put " + pair.key(), null);
	}

	@Override
	public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
		return answer("putAll " + pairs.size(), new KvBulkResult(Set.of()));
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		return answer("delete " + key, null);
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		return answer("deleteAll " + keys.size(), new KvBulkResult(Set.of()));
	}

	@Override
	public CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Optional<KvRateLimit> rateLimit() {
		return Optional.ofNullable(this.limit);
	}

}
