package dev.kvsession.session.stress;

import java.util.stream.LongStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random requests on one instance over a KV that is stale, slow and loses answers. What
 * was acknowledged must be what can be read, here at once and in KV in the end.
 */
class RandomizedTests {

	static LongStream seeds() {
		return LongStream.range(0, 200);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	@DisplayName("P3 P4 P5 P6 acknowledged changes are what KV holds in the end")
	void kvHoldsWhatWasAcknowledged(long seed) {
		new RandomRun(seed).run();
	}

}
