package dev.kvsession.session.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.TransientFailure;

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

	/** Longer than the minute for which KV may give the same answer again. */
	private static final Duration APART = AGAIN.get(0);

	private static final Duration RETRY = Duration.ofSeconds(15);

	private static final int MOST_RETRIES = 40;

	/** Bounds the memory: some ten megabytes. */
	private static final int MOST_PENDING = 10_000;

	private final KvEngine kv;

	private final IndexReads reads;

	private final SessionContext context;

	private final Function<List<String>, CompletableFuture<Void>> end;

	private final Consumer<String> remove;

	private final ConcurrentMap<List<Object>, Plan> plans = new ConcurrentHashMap<>();

	/**
	 * {@code remove} removes the record of an ended session that somebody wrote again.
	 */
	public SignOuts(KvEngine kv, IndexReads reads, SessionContext context,
			Function<List<String>, CompletableFuture<Void>> end, Consumer<String> remove) {
		this.kv = kv;
		this.reads = reads;
		this.context = context;
		this.end = end;
		this.remove = remove;
	}

	/**
	 * Ends the sessions that this instance knows, then those that KV lists, and in the
	 * background those that KV lists later, whatever becomes of the first listing. If
	 * that fails, those end, too, that are known here but may have ended elsewhere.
	 * Completes with the ids of the former when their ends are acknowledged or deferred.
	 */
	public CompletableFuture<List<String>> begin(SignOut signOut) {
		plan(signOut);
		List<Found> current = known(signOut).filter((found) -> found.live() != null).toList();
		return end(current).thenCompose((first) -> Stages.start(() -> end(signOut, Instant.MAX))
			.exceptionallyCompose((ex) -> end(known(signOut).toList()).handle((done, failed) -> {
				throw Stages.rethrowable(ex);
			}))
			.thenApply((listed) -> Stream.concat(first.stream(), listed.stream()).distinct().toList()));
	}

	private Stream<Found> known(SignOut signOut) {
		return this.reads.known(signOut.indexName(), signOut.value()).filter(signOut::ends);
	}

	/* Of ended sessions, those go again whose entry was written after a time. */
	private CompletableFuture<List<String>> end(SignOut signOut, Instant endedBy) {
		String name = signOut.indexName();
		String value = signOut.value();
		List<String> ended = new ArrayList<>();
		return this.reads.all(name, value, KvCallClass.READ, (found) -> {
			if (found.writtenAt().isAfter(endedBy)) {
				this.remove.accept(found.id());
			}
		})
			.thenCompose(
					(all) -> this.reads.each(all.stream().filter(signOut::ends).toList(), name, value, KvCallClass.READ,
							(part) -> end(part.stream().filter(signOut::ends).toList()).thenAccept(ended::addAll)))
			.thenApply((done) -> ended);
	}

	/** Ends sessions; completes with their ids. */
	CompletableFuture<List<String>> end(List<Found> found) {
		List<String> ids = found.stream().map(Found::id).toList();
		return this.end.apply(ids).thenApply((done) -> ids);
	}

	/*
	 * A sign-out that repeats an earlier one ends all that it would end: they share one
	 * plan, which begins anew.
	 */
	private void plan(SignOut signOut) {
		List<Object> kind = signOut.kind();
		if (this.plans.size() >= MOST_PENDING && !this.plans.containsKey(kind)) {
			this.context.warnings()
				.warn(logger, "sign-outs that are not repeated", new KvUnavailableException("too many", null),
						"Too many sign-outs are under way: one does not end sessions that KV shows later. Repeat it "
								+ "in five minutes");
			return;
		}
		boolean[] first = new boolean[1];
		Instant now = this.context.clock().instant();
		Plan plan = this.plans.compute(kind, (same, earlier) -> {
			first[0] = (earlier == null);
			return new Plan((earlier != null) ? earlier.signOut().laterOf(signOut) : signOut, now);
		});
		// mutant: one-listing
		if (first[0]) {
			next(kind, plan, 0);
		}
	}

	/*
	 * Each kind has one timer, which looks when it is over whether the plan began anew
	 * since: then what was listed does not count.
	 */
	private void next(List<Object> kind, @Nullable Plan planned, int listed) {
		Plan plan = this.plans.get(kind);
		int done = (plan == planned) ? listed : 0;
		if (plan != null && done < AGAIN.size()) {
			Duration wait = Duration.between(this.context.clock().instant(), plan.begun().plus(AGAIN.get(done)));
			later(() -> due(kind, plan, done, MOST_RETRIES), (done > 0 && wait.compareTo(APART) < 0) ? APART : wait);
		}
		else if (plan != null && !this.plans.remove(kind, plan)) {
			next(kind, plan, 0);
		}
	}

	private void due(List<Object> kind, Plan planned, int done, int retries) {
		if (this.plans.get(kind) != planned) {
			next(kind, planned, 0);
			return;
		}
		Stages.start(() -> this.kv.whenAvailable().thenCompose((open) -> end(planned.signOut(), planned.begun())))
			.whenComplete((ended, ex) -> {
				if (ex == null) {
					next(kind, planned, done + 1);
				}
				else if (retries > 0 && TransientFailure.is(Stages.unwrap(ex))) {
					later(() -> due(kind, planned, done, retries - 1), RETRY);
				}
				else {
					this.context.warnings()
						.warn(logger, "sign-outs that did not end all sessions", ex,
								"A sign-out of all sessions of a user may not have ended those that KV showed late. "
										+ "Repeat it");
					next(kind, planned, done + 1);
				}
			});
	}

	private void later(Runnable task, Duration delay) {
		try {
			this.context.runtime().scheduler().schedule(task, delay);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The scheduler is closed; a sign-out does not end sessions that KV shows later");
		}
	}

	/** What is to be listed again, and since when. */
	private record Plan(SignOut signOut, Instant begun) {
	}

}
