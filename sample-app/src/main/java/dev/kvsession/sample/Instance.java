package dev.kvsession.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.stereotype.Component;

/**
 * The process that answers: what a restart ends, unlike the session. Safe for concurrent
 * use.
 */
@Component
class Instance {

	private final Instant startedAt = Instant.now();

	private final AtomicLong views = new AtomicLong();

	/**
	 * Counts a view of somebody's session and describes this process.
	 * @return what the page shows
	 */
	View view() {
		return new View(ProcessHandle.current().pid(), Words.of(Duration.between(this.startedAt, Instant.now())),
				this.views.incrementAndGet());
	}

	/**
	 * A process as a page shows it.
	 *
	 * @param process the process's number
	 * @param age for how long it has been running, in words
	 * @param views how often its memory says that the page was shown
	 */
	record View(long process, String age, long views) {
	}

}
