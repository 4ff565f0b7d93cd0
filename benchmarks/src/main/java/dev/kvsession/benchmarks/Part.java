package dev.kvsession.benchmarks;

/**
 * One part of the measurements, which also runs alone.
 */
public interface Part {

	/**
	 * The name by which the part is asked for.
	 * @return one lower-case word
	 */
	String name();

	/**
	 * Measures.
	 * @param mode how long to take
	 * @param section takes what was measured
	 * @throws Exception if it cannot be measured
	 */
	void run(Mode mode, Section section) throws Exception;

}
