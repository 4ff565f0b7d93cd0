package dev.kvsession.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvDailyQuotaException;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

class ForeignCodeTests {

	private final VirtualTime time = new VirtualTime();

	private final FakeClient client = new FakeClient();

	private KvEngine engine(KvBudget budget, KvCallObserver observer) {
		KvRuntime runtime = new KvRuntime(this.time, this.time::nanos, this.time::schedule, () -> 0);
		return new KvEngine(this.client, budget, runtime, observer);
	}

	private void assertAllEnd(KvEngine engine) {
		List<CompletableFuture<?>> all = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			all.add(engine.get("r" + i, KvCallClass.READ));
			all.add(engine.put(EngineRig.pair("w" + i), KvCallClass.LOGIN));
			this.time.advance(Duration.ofSeconds(1));
		}
		this.time.advance(Duration.ofHours(2));
		assertThat(all).allMatch(CompletableFuture::isDone);
		assertThat(engine.status().underWay()).isZero();
	}

	@Test
	void anObserverThatThrowsAtTheStartLosesNoCall() {
		assertAllEnd(engine(KvBudget.UNLIMITED, (operation, items) -> {
			throw new IllegalStateException("a meter registry is closed");
		}));
	}

	@Test
	void anObserverThatThrowsAtTheEndLosesNoCall() {
		assertAllEnd(engine(KvBudget.UNLIMITED, (operation, items) -> (failure) -> {
			throw new IllegalStateException("a meter registry is closed");
		}));
	}

	@Test
	void aClientThatThrowsWhenAskedForTheRateLosesNoCall() {
		this.client.throwing = true;
		assertAllEnd(engine(KvBudget.UNLIMITED, KvCallObserver.NOOP));
	}

	@Test
	void aClientWithoutStageLosesNoCall() {
		this.client.nulls = true;
		assertAllEnd(engine(KvBudget.UNLIMITED, KvCallObserver.NOOP));
	}

	@Test
	void anEndlessWindowLosesNoCall() {
		this.client.limit = new KvRateLimit(50, Duration.ofSeconds(9_999_999_999L));
		assertAllEnd(engine(new KvBudget(1200, Duration.ofMinutes(5)), KvCallObserver.NOOP));
	}

	@Test
	void awaitedForEverLosesNoCall() {
		this.client.failure = new KvRateLimitException("blocked", ChronoUnit.FOREVER.getDuration(), null);
		assertThat(this.client.failure.retryAfter()).isEqualTo(Duration.ofHours(1));
		assertAllEnd(engine(new KvBudget(1200, Duration.ofMinutes(5)), KvCallObserver.NOOP));
	}

	@Test
	void aWindowThatEndedBeforeTimeBeganLosesNoCall() {
		this.client.limit = new KvRateLimit(50, ChronoUnit.FOREVER.getDuration().negated());
		assertAllEnd(engine(new KvBudget(1200, Duration.ofMinutes(5)), KvCallObserver.NOOP));
	}

	@Test
	void aClockThatThrowsLosesNoCall() {
		KvRuntime runtime = new KvRuntime(() -> {
			throw new IllegalStateException("no time");
		}, this.time::nanos, this.time::schedule, () -> 0);
		this.client.failure = new KvDailyQuotaException("quota", null);
		KvEngine engine = new KvEngine(this.client, KvBudget.UNLIMITED, runtime, KvCallObserver.NOOP);
		EngineRig.failure(engine.put(EngineRig.pair("a"), KvCallClass.LOGIN), IllegalStateException.class);
		assertThat(engine.status().underWay()).isZero();
	}

	@Test
	void aResetSaidAsEpochSecondsDoesNotSilenceForYears() {
		this.client.limit = new KvRateLimit(0, Duration.ofSeconds(1_790_000_000L));
		assertAllEnd(engine(new KvBudget(1200, Duration.ofMinutes(5)), KvCallObserver.NOOP));
	}

	@Test
	void aQuotaAnswerThatCrossedMidnightDoesNotStopWritesForADay() {
		Instant now = this.time.instant();
		long toMidnight = 86_400_000 - Math.floorMod(now.toEpochMilli(), 86_400_000L);
		this.time.advance(Duration.ofMillis(toMidnight + 200));
		KvEngine engine = engine(KvBudget.UNLIMITED, KvCallObserver.NOOP);
		this.client.failure = new KvDailyQuotaException("quota", null);
		engine.put(EngineRig.pair("a"), KvCallClass.LOGIN);
		this.client.failure = null;
		this.time.advance(Duration.ofHours(1));
		assertThat(engine.put(EngineRig.pair("a"), KvCallClass.LOGIN)).isCompleted();
	}

	private static final class FakeClient implements KvClient {

		boolean throwing;

		boolean nulls;

		@Nullable KvRateLimit limit;

		@Nullable KvException failure;

		private <T> CompletionStage<T> answer(T value) {
			if (this.nulls) {
				return null;
			}
			return (this.failure != null) ? CompletableFuture.failedFuture(this.failure)
					: CompletableFuture.completedFuture(value);
		}

		@Override
		public CompletionStage<Optional<String>> get(String key) {
			return answer(Optional.empty());
		}

		@Override
		public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
			return answer(Map.of());
		}

		@Override
		public CompletionStage<Void> put(KvPair pair) {
			return answer(null);
		}

		@Override
		public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
			return answer(new KvBulkResult(Set.of()));
		}

		@Override
		public CompletionStage<Void> delete(String key) {
			return answer(null);
		}

		@Override
		public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
			return answer(new KvBulkResult(Set.of()));
		}

		@Override
		public CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<KvRateLimit> rateLimit() {
			if (this.throwing) {
				throw new IllegalStateException("no rate");
			}
			return Optional.ofNullable(this.limit);
		}

	}

}
