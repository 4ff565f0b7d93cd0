package dev.kvsession.session;

import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * Looks through what {@link java.util.concurrent.CompletionStage} wraps around failures.
 */
final class Stages {

	private Stages() {
	}

	static Throwable unwrap(Throwable ex) {
		Throwable cause = ex.getCause();
		return (ex instanceof CompletionException && cause != null) ? unwrap(cause) : ex;
	}

	static @Nullable Throwable unwrapNullable(@Nullable Throwable ex) {
		return (ex != null) ? unwrap(ex) : null;
	}

}
