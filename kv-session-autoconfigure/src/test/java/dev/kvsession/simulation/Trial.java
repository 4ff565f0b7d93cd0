package dev.kvsession.simulation;

import java.util.function.LongFunction;

/**
 * The simulation as a mutant's class loader hands it out.
 */
public final class Trial implements LongFunction<String> {

	@Override
	public String apply(long seed) {
		Throwable failure = Simulation.run(seed, 0).failure();
		if (failure == null) {
			return null;
		}
		return (failure instanceof BrokenPromise) ? failure.getMessage() : failure.toString();
	}

}
