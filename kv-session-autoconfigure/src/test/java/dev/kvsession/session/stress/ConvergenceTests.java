package dev.kvsession.session.stress;

import java.time.Duration;
import java.util.stream.LongStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.test.kv.KvStaleness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three instances with clocks that differ change the same sessions at random over a KV
 * that is as stale as the real one.
 */
class ConvergenceTests {

	/** What Cloudflare documents: a cache of 60 s, and seconds to reach it. */
	private static final KvStaleness USUAL = new KvStaleness(3, KvStaleness.Choice.ANY, Duration.ofSeconds(59),
			Duration.ofMillis(150), Duration.ofSeconds(1), 0, 0.2);

	/** Now and then a write takes a minute more, so that readers are two minutes late. */
	private static final KvStaleness LATE = new KvStaleness(3, KvStaleness.Choice.ANY, Duration.ofSeconds(60),
			Duration.ofMillis(900), Duration.ofSeconds(60), 0.1, 0.2);

	static LongStream seeds() {
		return LongStream.range(0, 200);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	@DisplayName("P4 P5 three minutes after the last change KV holds the merge of all acknowledged changes")
	void threeMinutes(long seed) {
		new ConvergenceRun(seed, USUAL).run(Duration.ofMinutes(3));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	@DisplayName("P4 P5 it also does when readers are two minutes late, after five minutes")
	void fiveMinutes(long seed) {
		new ConvergenceRun(seed, LATE).run(Duration.ofMinutes(5));
	}

	@Test
	void theRunsAreNotTooEasy() {
		long merged = 0;
		long ended = 0;
		for (long seed = 0; seed < 50; seed++) {
			ConvergenceRun run = new ConvergenceRun(seed, LATE);
			run.run(Duration.ofMinutes(5));
			merged += run.counted(KvSessionEvent.SECOND_LOOK_MERGED);
			ended += run.counted(KvSessionEvent.SECOND_LOOK_ENDED);
		}
		assertThat(merged).isGreaterThan(10);
		assertThat(ended).isPositive();
	}

}
