package dev.kvsession.session.write;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.end.WriteQueues;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WriteQueuesTests {

	private final VirtualTime time = new VirtualTime();

	private final WriteQueues queues = new WriteQueues(this.time::schedule);

	private final List<String> started = new ArrayList<>();

	private CompletableFuture<String> write(String id, String name, CompletableFuture<String> answer) {
		return this.queues.enqueue(id, () -> {
			this.started.add(name);
			return answer;
		});
	}

	@Test
	@DisplayName("P6 writes of one session run one at a time, in order, a second after the previous answer")
	void oneAtATime() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		CompletableFuture<String> first = write("a", "1", answer);
		write("a", "2", CompletableFuture.completedFuture(""));
		write("a", "3", CompletableFuture.completedFuture(""));
		this.time.advance(Duration.ofSeconds(10));
		assertThat(this.started).containsExactly("1");
		answer.complete("done");
		assertThat(first).isCompletedWithValue("done");
		this.time.advance(Duration.ofMillis(999));
		assertThat(this.started).containsExactly("1");
		this.time.advance(Duration.ofMillis(1));
		assertThat(this.started).containsExactly("1", "2");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.started).containsExactly("1", "2", "3");
	}

	@Test
	void aWriteWithinTheSecondAfterTheLastWaits() {
		write("a", "1", CompletableFuture.completedFuture(""));
		this.time.advance(Duration.ofMillis(500));
		write("a", "2", CompletableFuture.completedFuture(""));
		assertThat(this.started).containsExactly("1");
		this.time.advance(Duration.ofMillis(500));
		assertThat(this.started).containsExactly("1", "2");
	}

	@Test
	void sessionsDoNotWaitForEachOther() {
		write("a", "a", new CompletableFuture<>());
		write("b", "b", new CompletableFuture<>());
		assertThat(this.started).containsExactly("a", "b");
	}

	@Test
	void failuresReachTheirCallerAndTheNextWriteRuns() {
		CompletableFuture<String> failed = write("a", "1",
				CompletableFuture.failedFuture(new IllegalStateException("x")));
		CompletableFuture<String> thrown = this.queues.enqueue("a", () -> {
			throw new IllegalArgumentException("y");
		});
		write("a", "3", CompletableFuture.completedFuture(""));
		this.time.advance(Duration.ofSeconds(5));
		assertThatThrownBy(failed::join).hasCauseInstanceOf(IllegalStateException.class);
		assertThatThrownBy(thrown::join).hasCauseInstanceOf(IllegalArgumentException.class);
		assertThat(this.started).containsExactly("1", "3");
	}

	@Test
	void aLaneIsForgottenASecondAfterItsLastWrite() {
		for (int i = 0; i < 1000; i++) {
			write("id" + i, "w", CompletableFuture.completedFuture(""));
		}
		assertThat(this.queues.size()).isEqualTo(1000);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.queues.size()).isZero();
		assertThat(this.time.pending()).isZero();
		Instant before = this.time.instant();
		write("id1", "again", CompletableFuture.completedFuture(""));
		assertThat(this.started).last().isEqualTo("again");
		assertThat(this.time.instant()).isEqualTo(before);
	}

	@Test
	@DisplayName("P6 thousands that wait in one queue all get their turn")
	void longQueue() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		write("a", "first", answer);
		List<CompletableFuture<String>> all = new ArrayList<>();
		for (int i = 0; i < 20_000; i++) {
			all.add(this.queues.enqueueUnspaced("a", () -> CompletableFuture.completedFuture("done")));
		}
		answer.complete("done");
		assertThat(all.stream().filter(CompletableFuture::isDone).count()).isEqualTo(20_000);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.queues.size()).isZero();
	}

	@Test
	void whatIsBegunByTheEndOfAnotherRunsAfterIt() {
		this.queues.enqueueUnspaced("a", () -> CompletableFuture.completedFuture("1"))
			.thenCompose((done) -> write("a", "2", CompletableFuture.completedFuture("")));
		assertThat(this.started).containsExactly("2");
		assertThat(this.queues.isBusy("a")).isTrue();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.queues.isBusy("a")).isFalse();
		assertThat(this.queues.size()).isZero();
	}

	@Test
	void aCallerGetsItsAnswerThoughTheSchedulerHasBeenClosed() {
		WriteQueues closing = new WriteQueues((task, delay) -> {
			throw new RejectedExecutionException("closed");
		});
		CompletableFuture<String> done = closing.enqueue("a", () -> CompletableFuture.completedFuture("answer"));
		assertThat(done).isCompletedWithValue("answer");
	}

}
