package dev.kvsession.simulation;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A mistake that somebody could make: one or more changes of lines in main sources that a
 * comment marks, {@code // mutant: name}.
 *
 * @param name what is wrong
 * @param profile the seeds that are likely to show it
 * @param promises the promises of which one is expected to break
 * @param changes how the marked lines change
 */
record Mutant(String name, Profile profile, List<String> promises, List<Change> changes) {

	static Mutant of(String name, Profile profile, String promises, Change... changes) {
		return new Mutant(name, profile, List.of(promises.split(" ")), List.of(changes));
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * A change of one marked line.
	 *
	 * @param mark the name after {@code // mutant:}
	 * @param rewrite makes the new line
	 */
	record Change(String mark, UnaryOperator<String> rewrite) {
	}

}
