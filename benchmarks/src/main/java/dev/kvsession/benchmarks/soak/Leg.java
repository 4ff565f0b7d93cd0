package dev.kvsession.benchmarks.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.benchmarks.store.Store;

/**
 * A KV, and what happens to those who use it.
 */
interface Leg extends AutoCloseable {

	String title();

	/**
	 * How much of the soak the leg takes.
	 * @return 0 to 1
	 */
	double share();

	/**
	 * How an instance is configured.
	 * @param instance the instance's name
	 * @return properties by name
	 */
	Map<String, Object> properties(String instance);

	/**
	 * What happens, in turn.
	 * @param ground the instances and their users
	 * @return the phases
	 */
	List<Phase> phases(Ground ground);

	/**
	 * For how long users go on after the last phase without changing anything, as a share
	 * of the leg: until the instances have found and mended what they overwrote of each
	 * other.
	 * @return 0 to 1
	 */
	double closing();

	/**
	 * How long after an acknowledged change a killed instance may take it along.
	 * @return the exception that the documentation makes
	 */
	Duration excused();

	/**
	 * Opens what KV has, without faults and delay.
	 * @return a store that the instances do not know
	 */
	Store open();

	/**
	 * One thing that happens.
	 *
	 * @param name what it is
	 * @param begin begins it; what it returns ends it
	 */
	record Phase(String name, Begin begin) {

	}

	/**
	 * Begins a phase.
	 */
	interface Begin {

		/**
		 * Begins it.
		 * @return ends it, or {@code null} if it ends by itself
		 * @throws Exception if it cannot be done
		 */
		@Nullable AutoCloseable begin() throws Exception;

	}

}
