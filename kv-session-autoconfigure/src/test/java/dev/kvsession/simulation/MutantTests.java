package dev.kvsession.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation finds the mistakes that it is there to find.
 */
class MutantTests {

	private static final Map<String, Future<MutantHunt>> HUNTS = new HashMap<>();

	private static ExecutorService threads;

	@BeforeAll
	static void start() {
		Quiet.begin();
		threads = Executors.newFixedThreadPool(SeedRun.THREADS,
				(work) -> new Thread(null, work, "mutants", SeedRun.STACK_BYTES));
		Mutants.all().forEach((mutant) -> HUNTS.put(mutant.name(), threads.submit(() -> MutantHunt.run(mutant))));
	}

	@AfterAll
	static void stop() {
		threads.shutdownNow();
		Quiet.end();
	}

	static List<Mutant> mutants() {
		return Mutants.all();
	}

	@Test
	void eachMarkedLineHasItsMutant() {
		assertThat(Mutants.all().stream().flatMap((mutant) -> mutant.changes().stream()).map(Mutant.Change::mark))
			.containsExactlyInAnyOrderElementsOf(MarkedSources.MAIN.marks());
	}

	@ParameterizedTest
	@MethodSource("mutants")
	void isCaught(Mutant mutant) throws InterruptedException, ExecutionException {
		MutantHunt hunt = HUNTS.get(mutant.name()).get();
		// Not in whole: it may name a session's handle, which looks like an id.
		System.out.println(mutant + ": caught by seed " + hunt.seeds());
		assertThat(hunt.caught()).as("what mutant '%s' broke within %d seeds", mutant, MutantHunt.SEEDS).isNotNull();
		assertThat(mutant.promises()).as(hunt.caught()).contains(hunt.caught().split(" ")[0]);
	}

}
