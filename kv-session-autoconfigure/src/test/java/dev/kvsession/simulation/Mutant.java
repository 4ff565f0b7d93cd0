package dev.kvsession.simulation;

import java.util.List;

/**
 * A mistake that somebody could make: one or more replacements in main sources.
 *
 * @param name what is wrong
 * @param profile the seeds that are likely to show it
 * @param promises the promises of which one is expected to break
 * @param patches what to replace
 */
record Mutant(String name, Profile profile, List<String> promises, List<Patch> patches) {

	static Mutant of(String name, Profile profile, String promises, Patch... patches) {
		return new Mutant(name, profile, List.of(promises.split(" ")), List.of(patches));
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * A replacement in one main source.
	 *
	 * @param type the class whose source it is, without {@code dev.kvsession.}
	 * @param find text that must occur exactly once
	 * @param replacement what takes its place
	 */
	record Patch(String type, String find, String replacement) {

		String className() {
			return "dev.kvsession." + this.type;
		}

		String apply(String source) {
			int at = source.indexOf(this.find);
			if (at < 0 || source.indexOf(this.find, at + 1) >= 0) {
				throw new AssertionError(
						"The mutant no longer applies: " + this.type + " must contain exactly once: " + this.find);
			}
			return source.replace(this.find, this.replacement);
		}

	}

}
