package dev.kvsession.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;

import dev.kvsession.client.KvBudgetException;
import dev.kvsession.session.memory.EngineCaches;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;

/**
 * Bounds how many requests with unknown ids wait for KV while most such ids are guesses,
 * so that a flood of them does not hold the server's threads. After a restart unknown ids
 * are found, and all may wait. Ids that come again after a rejection have places of their
 * own, so a user has a better chance than a guess. Safe for concurrent use.
 */
final class GuessGate {

	/**
	 * Part of the requests that may wait for slow KV; for first tries and for later ones
	 * each.
	 */
	private static final int PART = 4;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	/** An attacker does not guess an id twice; a user comes back within this time. */
	private static final Duration REFUSED_KEPT = Duration.ofMinutes(1);

	/** Twenty megabytes, in a flood only. */
	private static final int MAX_REFUSED = 100_000;

	private final AtomicInteger first = new AtomicInteger();

	private final AtomicInteger later = new AtomicInteger();

	private final Cache<String, Boolean> refused;

	private final int most;

	private final BooleanSupplier guessed;

	private final KvSessionStatistics statistics;

	GuessGate(SessionContext context, BooleanSupplier guessed) {
		this.most = Math.max(1, context.settings().maxWaitingRequests / PART);
		this.refused = new EngineCaches(context.runtime().nanoTime()).ofIds(REFUSED_KEPT, MAX_REFUSED);
		this.guessed = guessed;
		this.statistics = context.settings().statistics;
	}

	/** Reads a session of an unknown id, or fails if too many requests wait already. */
	CompletableFuture<Optional<LiveSession>> bounded(String id,
			Supplier<CompletableFuture<Optional<LiveSession>>> read) {
		AtomicInteger waiting = (this.refused.getIfPresent(id) != null) ? this.later : this.first;
		if (waiting.incrementAndGet() > this.most && this.guessed.getAsBoolean()) {
			waiting.decrementAndGet();
			this.refused.put(id, Boolean.TRUE);
			this.statistics.add(KvSessionEvent.GUESS_REFUSED);
			return CompletableFuture.failedFuture(new KvBudgetException("Too many unknown ids are being asked for, and "
					+ "KV has few of them. It was not asked for this one; try again later", RETRY_AFTER, null));
		}
		CompletableFuture<Optional<LiveSession>> found = read.get();
		found.whenComplete((session, ex) -> waiting.decrementAndGet());
		return found;
	}

}
