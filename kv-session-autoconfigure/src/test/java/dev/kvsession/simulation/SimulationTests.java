package dev.kvsession.simulation;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances of the real engine over a KV that does all that KV does, from one seed after
 * the other. {@code -Dsimulation.seeds=100000} runs more of them,
 * {@code -Dsimulation.seed=4711} one, with its trace.
 */
class SimulationTests {

	/** In so many seeds everything happens at least once. */
	private static final int ENOUGH_FOR_ALL = 1000;

	@BeforeAll
	static void quiet() {
		Quiet.begin();
	}

	@AfterAll
	static void loud() {
		Quiet.end();
	}

	@Test
	@DisplayName("P3 P4 P5 P6 P7 P8 P10 P11 hold for every seed")
	void promisesHold() {
		SeedRun run = new SeedRun(Long.getLong("simulation.seed", 0), Long.getLong("simulation.seeds", 1000));
		run.execute();
		assertThat(run.failures()).isEmpty();
		if (run.count() >= ENOUGH_FOR_ALL) {
			assertThat(run.anomalies().counts()).allSatisfy((name, count) -> assertThat(count).as(name).isPositive());
		}
	}

	@Test
	void theSameSeedDoesTheSame() {
		for (long seed = 0; seed < 2L * Profile.values().length; seed++) {
			assertThat(Simulation.run(seed, 0).hash()).isEqualTo(Simulation.run(seed, 100).hash());
		}
	}

}
