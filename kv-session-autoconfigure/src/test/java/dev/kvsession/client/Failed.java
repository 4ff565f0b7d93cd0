package dev.kvsession.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes a stage's failure and checks what holds for all of them.
 */
final class Failed {

	private Failed() {
	}

	/**
	 * Returns the failure as the stage gives it, unwrapped or not, after checking that
	 * nothing secret shows in it.
	 */
	static Throwable failure(CompletionStage<?> stage) {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		CompletionStage<Object> handled = stage.handle((value, thrown) -> {
			failure.set(thrown);
			return "done";
		});
		assertThat(handled.toCompletableFuture()).succeedsWithin(Duration.ofMinutes(1));
		assertThat(failure.get()).as("failure").isNotNull();
		assertSecretsAreAbsent(failure.get());
		return failure.get();
	}

	static <E extends Throwable> E failure(CompletionStage<?> stage, Class<E> type) {
		Throwable failure = failure(stage);
		assertThat(failure).isExactlyInstanceOf(type);
		return type.cast(failure);
	}

	/**
	 * Searches messages, causes, suppressed exceptions and stack traces.
	 */
	static void assertSecretsAreAbsent(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text, true));
		assertThat(text.toString()).doesNotContain(TestConnections.TOKEN, TestConnections.VALUE, TestConnections.KEY,
				"S3cretId");
	}

}
