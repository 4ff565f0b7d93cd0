package dev.kvsession.autoconfigure.bean;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import dev.kvsession.session.KvSessionRepository;

/**
 * Writes pending changes when the application stops: after the last request, and before
 * the engine, the client and the scheduler are closed. Safe for concurrent use.
 */
public final class KvSessionFlush implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(KvSessionFlush.class);

	/** Left of a shutdown phase for other beans, and for a call in flight. */
	private static final Duration MARGIN = Duration.ofSeconds(2);

	/**
	 * Behind Boot's web server, which ends its requests in phase {@code DEFAULT_PHASE} -
	 * 1024 and stops in {@code DEFAULT_PHASE} - 2048 (Boot's
	 * {@code WebServerApplicationContext}, 4.1). Phases stop from high to low.
	 */
	private static final int PHASE = DEFAULT_PHASE - 3072;

	private final KvSessionRepository repository;

	private final Duration longest;

	private volatile boolean running;

	public KvSessionFlush(KvSessionRepository repository, Duration phaseTimeout) {
		this.repository = repository;
		Duration longest = phaseTimeout.minus(MARGIN);
		this.longest = (longest.compareTo(MARGIN) > 0) ? longest : phaseTimeout.dividedBy(2);
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		int pending = this.repository.getPendingWrites();
		if (pending == 0) {
			return;
		}
		int left = (this.longest.toMillis() > 0) ? this.repository.flush(this.longest) : pending;
		if (left < pending) {
			logger.info("Wrote the pending changes and ends of {} sessions", pending - left);
		}
		if (left > 0) {
			logger.warn("The changes or ends of {} sessions could not be written to KV within {} and are lost", left,
					this.longest);
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
