package dev.kvsession.session.settings;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StageWaiterTests {

	@Test
	void returnsTheResult() {
		assertThat(StageWaiter.block(CompletableFuture.completedFuture("x"))).isEqualTo("x");
	}

	@Test
	void throwsTheFailureItselfHoweverItIsWrapped() {
		UnsupportedOperationException failure = new UnsupportedOperationException("x");
		for (Throwable thrown : new Throwable[] { failure, new CompletionException(failure),
				new CompletionException(new CompletionException(failure)) }) {
			assertThatThrownBy(() -> StageWaiter.block(CompletableFuture.failedFuture(thrown))).isSameAs(failure);
		}
		AssertionError error = new AssertionError("x");
		assertThatThrownBy(() -> StageWaiter.block(CompletableFuture.failedFuture(error))).isSameAs(error);
	}

	@Test
	void anInterruptEndsTheWaitAndIsKept() {
		Thread.currentThread().interrupt();
		assertThatIllegalStateException().isThrownBy(() -> StageWaiter.block(new CompletableFuture<>()))
			.withMessageContaining("Interrupted");
		assertThat(Thread.interrupted()).isTrue();
	}

}
