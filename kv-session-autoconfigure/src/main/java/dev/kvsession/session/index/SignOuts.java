package dev.kvsession.session.index;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.session.record.SessionContext;

/**
 * Ends all sessions of a name. KV's listing may not show some of them for minutes, so it
 * is asked again four times. Safe for concurrent use.
 */
public final class SignOuts {

	private static final Logger logger = LoggerFactory.getLogger(SignOuts.class);

	/**
	 * When to list again: after the minute that KV's readers may lag, and until a session
	 * that was written in between is shown for certain.
	 */
	private static final List<Duration> AGAIN = List.of(Duration.ofSeconds(61), Duration.ofSeconds(122),
			Duration.ofSeconds(183), Duration.ofSeconds(245));

	private static final Duration RETRY = Duration.ofSeconds(15);

	private static final int MOST_RETRIES = 40;

	/** Bounds the memory: some ten megabytes. */
	private static final int MOST_PENDING = 10_000;

	private final KvEngine kv;

	private final IndexReads reads;

	private final SessionContext context;

	private final KvScheduler scheduler;

	private final Function<List<String>, CompletableFuture<Void>> end;

	private final ConcurrentMap<String, SignOut> pending = new ConcurrentHashMap<>();

	public SignOuts(KvEngine kv, IndexReads reads, SessionContext context,
			Function<List<String>, CompletableFuture<Void>> end) {
		this.kv = kv;
		this.reads = reads;
		this.context = context;
		this.scheduler = context.runtime().scheduler();
		this.end = end;
	}

	/** How many names are to be listed again. */
	public int size() {
		return this.pending.size();
	}

	/**
	 * Ends the sessions that are found now, and those that are found later in the
	 * background. Completes with their number when KV has acknowledged the ends of the
	 * former.
	 */
	public CompletableFuture<Integer> begin(SignOut signOut) {
		String key = signOut.indexName() + ' ' + signOut.value();
		if (this.pending.size() < MOST_PENDING || this.pending.containsKey(key)) {
			this.pending.put(key, signOut);
			// mutant: one-listing
			AGAIN.forEach((delay) -> schedule(key, signOut, delay, MOST_RETRIES));
			later(() -> this.pending.remove(key, signOut), AGAIN.get(AGAIN.size() - 1).plus(RETRY));
		}
		else {
			logger.warn("{} sign-outs are under way. This one does not end sessions that KV shows later; "
					+ "repeat it in five minutes", MOST_PENDING);
		}
		return end(signOut, KvCallClass.LOGIN);
	}

	private CompletableFuture<Integer> end(SignOut signOut, KvCallClass callClass) {
		String name = signOut.indexName();
		String value = signOut.value();
		return this.reads.all(name, value, callClass)
			.thenApply((all) -> all.stream().filter(signOut::ends).toList())
			.thenCompose((wanted) -> this.reads.read(wanted, name, value, callClass))
			.thenCompose((read) -> end(read.stream().filter(signOut::ends).toList()));
	}

	/** Ends sessions; completes with their number. */
	CompletableFuture<Integer> end(List<Found> found) {
		return this.end.apply(found.stream().map(Found::id).toList()).thenApply((done) -> found.size());
	}

	private void schedule(String key, SignOut signOut, Duration delay, int retries) {
		later(() -> {
			SignOut newest = this.pending.get(key);
			if (newest == null || newest == signOut || !newest.covers(signOut)) {
				again(key, signOut, retries);
			}
		}, delay);
	}

	private void again(String key, SignOut signOut, int retries) {
		Stages.start(() -> this.kv.whenAvailable().thenCompose((open) -> end(signOut, KvCallClass.READ)))
			.whenComplete((ended, ex) -> {
				if (ex != null && retries > 0) {
					schedule(key, signOut, RETRY, retries - 1);
				}
				else if (ex != null) {
					this.context.warnings()
						.warn(logger, "sign-outs that did not end all sessions", ex,
								"A sign-out of all sessions of a user may not have ended those that KV showed late. "
										+ "Repeat it");
				}
			});
	}

	private void later(Runnable task, Duration delay) {
		try {
			this.scheduler.schedule(task, delay);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The scheduler is closed; a sign-out does not end sessions that KV shows later");
		}
	}

}
