package dev.kvsession.client.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Evens out how asynchronous calls fail: thrown at once, wrapped in a
 * {@link CompletionException}, or as they are.
 */
public final class Stages {

	private Stages() {
	}

	/**
	 * Starts a call that may also fail before it has begun.
	 * @param <T> the call's result
	 * @param call starts the call
	 * @return the call's outcome
	 */
	public static <T> CompletionStage<T> start(Supplier<CompletionStage<T>> call) {
		try {
			return call.get();
		}
		catch (RuntimeException | Error ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Copies a stage, failing with the failure itself.
	 * @param <T> the result
	 * @param stage may fail with a wrapped failure
	 * @return the copy
	 */
	public static <T> CompletionStage<T> unwrapped(CompletionStage<T> stage) {
		CompletableFuture<T> result = new CompletableFuture<>();
		stage.whenComplete((value, failure) -> complete(result, value, failure));
		return result;
	}

	/**
	 * Returns the failure itself.
	 * @param failure may be wrapped
	 * @return the failure
	 */
	public static Throwable unwrap(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapped && cause != null) ? unwrap(cause) : failure;
	}

	/**
	 * Returns the failure itself.
	 * @param failure may be wrapped, or {@code null}
	 * @return the failure, or {@code null}
	 */
	public static @Nullable Throwable unwrapNullable(@Nullable Throwable failure) {
		return (failure != null) ? unwrap(failure) : null;
	}

	/**
	 * Wraps a failure once, so that a stage can fail with it again.
	 * @param failure may be wrapped
	 * @return the exception to throw
	 */
	public static CompletionException rethrowable(Throwable failure) {
		return new CompletionException(unwrap(failure));
	}

	/**
	 * Completes a future with another stage's outcome.
	 * @param <T> the result
	 * @param future the future to complete
	 * @param result the result, if there is no failure
	 * @param failure the failure, may be wrapped, or {@code null}
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
