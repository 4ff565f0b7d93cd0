package dev.kvsession.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VirtualTimeTests {

	private final VirtualTime time = new VirtualTime();

	private final List<String> ran = new ArrayList<>();

	@Test
	void runsTasksByDueTimeThenByOrder() {
		this.time.schedule(() -> this.ran.add("late"), Duration.ofSeconds(2));
		this.time.schedule(() -> this.ran.add("first"), Duration.ofSeconds(1));
		this.time.schedule(() -> this.ran.add("second"), Duration.ofSeconds(1));
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.ran).containsExactly("first", "second");
		assertThat(this.time.nextDue()).isEqualTo(Duration.ofSeconds(2).toNanos());
	}

	@Test
	void showsATaskItsDueTime() {
		Instant start = this.time.instant();
		List<Instant> seen = new ArrayList<>();
		this.time.schedule(() -> this.time.schedule(() -> seen.add(this.time.instant()), Duration.ofSeconds(1)),
				Duration.ofSeconds(1));
		this.time.advance(Duration.ofSeconds(10));
		assertThat(seen).containsExactly(start.plusSeconds(2));
		assertThat(this.time.instant()).isEqualTo(start.plusSeconds(10));
	}

	@Test
	void skipsCancelledTasks() {
		Future<?> task = this.time.schedule(() -> this.ran.add("cancelled"), Duration.ofHours(1));
		task.cancel(false);
		Instant start = this.time.instant();
		this.time.runUntilIdle();
		assertThat(this.ran).isEmpty();
		assertThat(this.time.instant()).isEqualTo(start);
		assertThat(this.time.pending()).isZero();
	}

	@Test
	void passesFailuresOn() {
		this.time.schedule(() -> {
			throw new IllegalArgumentException();
		}, Duration.ZERO);
		assertThatIllegalArgumentException().isThrownBy(this.time::runUntilIdle);
	}

}
