package dev.kvsession.simulation;

import java.util.function.LongFunction;

/**
 * What became of a mutant.
 *
 * @param seeds how many seeds it took
 * @param caught the promise that it broke, or {@code null} if none
 */
record MutantHunt(long seeds, String caught) {

	/** Of all profiles; a mutant is tried on those of its own among them. */
	static final int SEEDS = 1000;

	static MutantHunt run(Mutant mutant) {
		LongFunction<String> trial = new MutantLoader(MutantCompiler.compile(mutant)).trial();
		for (long index = 0; mutant.profile().seed(index) < SEEDS; index++) {
			String caught = trial.apply(mutant.profile().seed(index));
			if (caught != null) {
				return new MutantHunt(index + 1, caught);
			}
		}
		return new MutantHunt(SEEDS, null);
	}

}
