package dev.kvsession.session.stress;

import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kvsession.session.settings.WriteMode;

/**
 * Real threads on one repository. A build lets each thread do a hundred acts or so;
 * {@code -Dstress.seconds=60} lets them work for a minute.
 */
class StressTests {

	private static final int ACTS = Integer.getInteger("stress.acts", 120);

	private static final int SECONDS = Integer.getInteger("stress.seconds", 0);

	private static final long SEED = Long.getLong("stress.seed", 1);

	@ParameterizedTest
	@EnumSource(WriteMode.class)
	@DisplayName("P3 P4 P5 P6 P11 eight threads on one repository lose no acknowledged change and revive no session")
	void nothingIsLost(WriteMode mode) throws Exception {
		try (StressKv kv = new StressKv(SEED)) {
			new StressRun(kv, mode, SEED).run(limit());
		}
	}

	private static IntPredicate limit() {
		long start = System.nanoTime();
		return (SECONDS == 0) ? (act) -> act < ACTS
				: (act) -> System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS);
	}

}
