package dev.kvsession;

import java.util.Set;
import java.util.TreeSet;

/**
 * Notes which classes execute. {@link ProbedClasses} adds a call of {@link #hit} to each
 * method of the library. Safe for concurrent use.
 */
public final class PathProbe {

	private static final long QUIET_NANOS = 100_000_000;

	private static final Set<String> PASSED = new TreeSet<>();

	private static long lastNews;

	private PathProbe() {
	}

	/**
	 * Notes that a method begins.
	 * @param className the class that declares it
	 */
	public static void hit(String className) {
		synchronized (PASSED) {
			if (PASSED.add(className)) {
				lastNews = System.nanoTime();
			}
		}
	}

	/**
	 * Runs an action.
	 * @return the classes that executed, on whichever thread, until a tenth of a second
	 * had brought no further one
	 */
	public static Set<String> during(Runnable action) {
		synchronized (PASSED) {
			PASSED.clear();
		}
		action.run();
		synchronized (PASSED) {
			lastNews = System.nanoTime();
		}
		while (true) {
			synchronized (PASSED) {
				if (System.nanoTime() - lastNews > QUIET_NANOS) {
					return new TreeSet<>(PASSED);
				}
			}
			Thread.onSpinWait();
		}
	}

}
