package dev.kvsession.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ThreadKvSchedulerTests {

	private static final Duration LONG = Duration.ofSeconds(10);

	private final ThreadKvScheduler scheduler = new ThreadKvScheduler();

	@AfterEach
	void close() {
		this.scheduler.close();
	}

	@Test
	void runsTasksOnOneDaemonThread() {
		CompletableFuture<Thread> first = new CompletableFuture<>();
		CompletableFuture<Thread> second = new CompletableFuture<>();
		this.scheduler.schedule(() -> first.complete(Thread.currentThread()), Duration.ofMillis(1));
		this.scheduler.schedule(() -> second.complete(Thread.currentThread()), Duration.ofSeconds(-1));
		assertThat(first).succeedsWithin(LONG).isEqualTo(second.join());
		assertThat(first.join().isDaemon()).isTrue();
		assertThat(first.join().getName()).isEqualTo("kv-scheduler");
	}

	@Test
	void survivesATaskThatFails() {
		CompletableFuture<String> next = new CompletableFuture<>();
		this.scheduler.schedule(() -> {
			throw new IllegalStateException("expected by a test");
		}, Duration.ZERO);
		this.scheduler.schedule(() -> next.complete("ran"), Duration.ZERO);
		assertThat(next).succeedsWithin(LONG);
	}

	@Test
	void takesTheLongestDelay() {
		assertThat(this.scheduler.schedule(() -> {
		}, Duration.ofSeconds(Long.MAX_VALUE)).isDone()).isFalse();
	}

	@Test
	void refusesTasksOnceClosed() {
		this.scheduler.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.scheduler.schedule(() -> {
		}, Duration.ZERO));
	}

}
