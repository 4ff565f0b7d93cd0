package dev.kvsession.session.settings;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Evens out how asynchronous calls fail: thrown at once, wrapped or as they are.
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

	public static Throwable unwrap(Throwable ex) {
		Throwable cause = ex.getCause();
		return (ex instanceof CompletionException && cause != null) ? unwrap(cause) : ex;
	}

	/**
	 * Lets a stage fail again as it has failed.
	 * @param ex what it failed with
	 * @return what to throw
	 */
	public static CompletionException rethrowable(Throwable ex) {
		return new CompletionException(unwrap(ex));
	}

	public static @Nullable Throwable unwrapNullable(@Nullable Throwable ex) {
		return (ex != null) ? unwrap(ex) : null;
	}

	/**
	 * Hands an outcome on.
	 * @param <T> the result
	 * @param done is told
	 * @param result the result, if it did not fail
	 * @param ex what it failed with, wrapped or as it is, or {@code null}
	 */
	public static <T> void complete(CompletableFuture<T> done, @Nullable T result, @Nullable Throwable ex) {
		if (ex != null) {
			done.completeExceptionally(unwrap(ex));
		}
		else {
			done.complete(result);
		}
	}

}
