package dev.kvsession.simulation;

/**
 * Tells that the engine did what it must not do. An {@link Error}, so that nothing in
 * between takes it for a failure of KV.
 */
final class BrokenPromise extends Error {

	private static final long serialVersionUID = 1L;

	BrokenPromise(String message) {
		super(message);
	}

}
