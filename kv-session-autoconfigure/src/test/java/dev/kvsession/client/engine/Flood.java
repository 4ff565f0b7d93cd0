package dev.kvsession.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

import dev.kvsession.client.KvBudget;
import dev.kvsession.test.KvCall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks an engine for more than it may call for, evenly over time.
 */
final class Flood {

	private final EngineRig rig;

	private final List<Source> sources = new ArrayList<>();

	Flood(EngineRig rig) {
		this.rig = rig;
	}

	/** Adds a source that asks so often a second. */
	Flood add(int perSecond, IntFunction<CompletableFuture<?>> question) {
		this.sources.add(new Source(perSecond, question));
		return this;
	}

	/** Runs for whole seconds. */
	void run(Duration duration) {
		for (long second = 0; second < duration.toSeconds(); second++) {
			for (int tenth = 0; tenth < 10; tenth++) {
				this.sources.forEach(Source::tenth);
				this.rig.pass(Duration.ofMillis(100));
			}
		}
	}

	/** No 429, and never more calls in any window than granted. */
	static void assertInside(KvBudget budget, List<KvCall> calls) {
		assertThat(calls).isNotEmpty().allSatisfy((call) -> assertThat(call.status()).isNotEqualTo(429));
		int first = 0;
		for (int last = 0; last < calls.size(); last++) {
			Instant begin = calls.get(last).at().minus(budget.period());
			while (!calls.get(first).at().isAfter(begin)) {
				first++;
			}
			assertThat(last - first + 1).isLessThanOrEqualTo(budget.calls());
		}
	}

	private static final class Source {

		private final int perSecond;

		private final IntFunction<CompletableFuture<?>> question;

		private int asked;

		private int tenths;

		Source(int perSecond, IntFunction<CompletableFuture<?>> question) {
			this.perSecond = perSecond;
			this.question = question;
		}

		void tenth() {
			this.tenths++;
			while (this.asked < this.perSecond * this.tenths / 10) {
				this.question.apply(this.asked++);
			}
		}

	}

}
