package dev.kvsession.client.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Handles the ways in which asynchronous calls fail: thrown at once, wrapped in a
 * {@link CompletionException}, or bare.
 */
public final class Stages {

	private Stages() {
	}

	/** Starts a call; an exception thrown at once becomes the stage's failure. */
	public static <T> CompletionStage<T> start(Supplier<CompletionStage<T>> call) {
		try {
			return call.get();
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** Copies a stage; a wrapped failure is unwrapped. */
	public static <T> CompletionStage<T> unwrapped(CompletionStage<T> stage) {
		CompletableFuture<T> result = new CompletableFuture<>();
		stage.whenComplete((value, failure) -> complete(result, value, failure));
		return result;
	}

	/** Returns the failure inside all wrappers. */
	public static Throwable unwrap(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapped && cause != null) ? unwrap(cause) : failure;
	}

	/** Returns the failure inside all wrappers. */
	public static @Nullable Throwable unwrapNullable(@Nullable Throwable failure) {
		return (failure != null) ? unwrap(failure) : null;
	}

	/** Wraps a failure once, to be thrown in a stage. */
	public static CompletionException rethrowable(Throwable failure) {
		return new CompletionException(unwrap(failure));
	}

	/**
	 * Completes a future with another stage's outcome; a wrapped failure is unwrapped.
	 */
	public static <T> void complete(CompletableFuture<T> future, @Nullable T result, @Nullable Throwable failure) {
		if (failure != null) {
			future.completeExceptionally(unwrap(failure));
		}
		else {
			future.complete(result);
		}
	}

}
