package dev.kvsession.session.end;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.PassingFailure;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.SessionWarnings;
import dev.kvsession.session.settings.Stages;

/**
 * Ends ids in KV: first the marker, which tells other instances not to write the record
 * again, then the record. What KV does not acknowledge is repeated in the background
 * until the record would have ended by itself. Safe for concurrent use.
 */
public final class SessionEnds {

	private static final Logger logger = LoggerFactory.getLogger(SessionEnds.class);

	/**
	 * How many ends may wait for KV: some ten megabytes, and more logouts than a token of
	 * the REST API can deliver in four hours.
	 */
	private static final int MAX_WAITING = 50_000;

	/**
	 * When the answer with a new id is on its way: a busy server sends it a while after
	 * the session was saved. Little beside the minute or more for which KV's readers may
	 * not see the end.
	 */
	public static final Duration UNTIL_ANSWER_IS_SENT = Duration.ofSeconds(3);

	private final ConcurrentMap<String, SessionEnd> waiting = new ConcurrentHashMap<>();

	private final KvEngine kv;

	private final WriteLanes lanes;

	private final KvScheduler scheduler;

	private final SessionKeys keys;

	private final InstantSource clock;

	private final SessionWarnings warnings;

	private volatile boolean hurried;

	public SessionEnds(KvEngine kv, WriteLanes lanes, KvScheduler scheduler, SessionKeys keys, InstantSource clock,
			SessionWarnings warnings) {
		this.warnings = warnings;
		this.kv = kv;
		this.lanes = lanes;
		this.scheduler = scheduler;
		this.keys = keys;
		this.clock = clock;
	}

	/**
	 * Ends an id when its turn in its lane has come; nothing is read.
	 * @param id the id
	 * @param reason why
	 * @param expiresAt when the record would end by itself at the latest, or {@code null}
	 * if that is never or unknown
	 * @return completes when KV has acknowledged the delete, or at once if KV cannot be
	 * told at present and will be later. Fails if that needs somebody to do something; it
	 * is then repeated all the same
	 */
	public CompletableFuture<Void> enqueue(String id, GoneMarker.Reason reason, @Nullable Instant expiresAt) {
		return enqueue(new SessionEnd(id, new GoneMarker(this.clock.millis(), reason), until(expiresAt)));
	}

	/**
	 * Ends an id whose session goes on under another one.
	 * @param id the id
	 * @param expiresAt as for {@link #enqueue}
	 * @param delay zero, or how long the answer with the new id takes at most: should
	 * this instance crash before it is sent, the old id must not have ended, or its user
	 * would be logged out. Nobody waits for an end that is delayed
	 */
	public void enqueueRenamed(String id, @Nullable Instant expiresAt, Duration delay) {
		SessionEnd end = new SessionEnd(id, new GoneMarker(this.clock.millis(), GoneMarker.Reason.RENAMED),
				until(expiresAt));
		if (delay.isZero() || this.hurried || this.waiting.size() >= MAX_WAITING) {
			enqueue(end);
		}
		else if (this.waiting.putIfAbsent(id, end) == null) {
			end.postpone();
			end.outcome().complete(null);
			schedule(end, delay);
		}
	}

	/**
	 * Ends an id now whose end was delayed until the answer with the new id is sent.
	 * @param id the id
	 * @return completes when KV has been told or could not be, at once if nothing waits
	 */
	public CompletableFuture<Void> answered(String id) {
		SessionEnd end = this.kv.isAvailable() ? this.waiting.get(id) : null;
		if (end != null && end.claimRepetition()) {
			attempt(end);
		}
		return (end != null) ? end.tried() : CompletableFuture.completedFuture(null);
	}

	/**
	 * Removes the record of an id that another instance has ended, as its gone marker
	 * tells, when its turn in its lane has come.
	 * @param id the id
	 * @param expiresAt as for {@link #enqueue}
	 */
	public void removeRecord(String id, @Nullable Instant expiresAt) {
		enqueue(new SessionEnd(id, null, until(expiresAt)));
	}

	private Instant until(@Nullable Instant expiresAt) {
		Instant longest = this.clock.instant().plus(GoneMarker.LONGEST);
		return (expiresAt == null || expiresAt.isAfter(longest)) ? longest : expiresAt;
	}

	private CompletableFuture<Void> enqueue(SessionEnd end) {
		String id = end.id();
		if (this.waiting.size() >= MAX_WAITING) {
			return CompletableFuture.failedFuture(new KvUnavailableException(problem(end, "cannot") + ": " + MAX_WAITING
					+ " ended sessions wait for KV already. "
					+ ((end.marker() != null) ? "Elsewhere it goes on until it expires" : "It stays until it expires"),
					null));
		}
		SessionEnd known = this.waiting.putIfAbsent(id, end);
		if (known != null && !(end.outweighs(known) && this.waiting.replace(id, known, end))) {
			return known.outcome();
		}
		if (known != null) {
			end.outcome().whenComplete((done, ex) -> Stages.complete(known.outcome(), done, ex));
		}
		// mutant: logout-waits
		if (this.kv.isAvailable()) {
			attempt(end);
		}
		else {
			end.outcome().complete(null);
			this.kv.whenAvailable().whenComplete((done, ex) -> attempt(end));
		}
		return end.outcome();
	}

	/**
	 * Returns how the end of an id that was asked for goes.
	 * @param id the id
	 * @return as for {@link #enqueue}; completed if nothing waits
	 */
	public CompletableFuture<Void> outcome(String id) {
		SessionEnd end = this.waiting.get(id);
		return (end != null) ? end.outcome() : CompletableFuture.completedFuture(null);
	}

	/**
	 * How many ids KV has not been told of.
	 * @return the number
	 */
	public int size() {
		return this.waiting.size();
	}

	/**
	 * Repeats at once what has failed and waits, and from now on after a second each.
	 */
	public void hurry() {
		this.hurried = true;
		List.copyOf(this.waiting.values()).stream().filter(SessionEnd::claimRepetition).forEach(this::attempt);
	}

	private void attempt(SessionEnd end) {
		if (this.waiting.get(end.id()) != end) {
			// One that outweighs it waits instead.
			end.tried().complete(null);
			return;
		}
		// mutant: end-waits
		this.lanes.enqueue(end.id(), () -> tell(end)).whenComplete((done, ex) -> {
			end.tried().complete(null);
			if (ex != null) {
				failed(end, Stages.unwrap(ex));
				return;
			}
			this.waiting.remove(end.id(), end);
			end.outcome().complete(null);
		});
	}

	/*
	 * A marker that cannot be written must not keep the record alive, so the delete
	 * follows in any case but one: while Cloudflare blocks the token, each call would be
	 * refused and counted.
	 */
	private CompletionStage<Void> tell(SessionEnd end) {
		return mark(end).thenCompose((failure) -> {
			if (failure instanceof KvRateLimitException) {
				return CompletableFuture.failedFuture(failure);
			}
			return this.kv.delete(this.keys.record(end.id()), KvCallClass.LOGIN).thenAccept((done) -> {
				if (failure instanceof KvException told) {
					throw told;
				}
			});
		});
	}

	private CompletionStage<@Nullable Throwable> mark(SessionEnd end) {
		GoneMarker marker = end.marker();
		// mutant: gone-marker
		if (marker == null || end.isMarked()) {
			return CompletableFuture.completedFuture(null);
		}
		String key = (marker.reason() == GoneMarker.Reason.DELETED) ? this.keys.gone(end.id())
				: this.keys.renamed(end.id());
		Duration left = Lifetimes.withinKvLimits(Duration.between(this.clock.instant(), end.until()));
		Duration life = (left.compareTo(GoneMarker.SHORTEST) > 0) ? left : GoneMarker.SHORTEST;
		return this.kv.put(new KvPair(key, marker.toJson(), life), KvCallClass.LOGIN).handle((done, ex) -> {
			if (ex == null) {
				end.markWritten();
			}
			return Stages.unwrapNullable(ex);
		});
	}

	private void failed(SessionEnd end, Throwable failure) {
		if (end.failures() == 0 && !this.hurried) {
			this.warnings.warn(logger, "ends of sessions that KV could not be told", failure,
					problem(end, "could not") + "; trying again until " + end.until());
		}
		if (PassingFailure.is(failure)) {
			end.outcome().complete(null);
		}
		else {
			end.outcome().completeExceptionally(failure);
		}
		Duration delay = PassingFailure.delay(end.fail(), failure);
		schedule(end, this.hurried ? WriteLanes.SPACING : delay);
	}

	private static String problem(SessionEnd end, String failed) {
		String id = SessionIdHash.of(end.id());
		return (end.marker() != null) ? "Session " + id + " has ended here, but KV " + failed + " be told"
				: "The record of session " + id + ", which has ended elsewhere, " + failed + " be removed";
	}

	private void schedule(SessionEnd end, Duration delay) {
		try {
			this.scheduler.schedule(() -> again(end), delay);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The scheduler is closed; the end of a session that waits for KV is lost");
		}
	}

	private void again(SessionEnd end) {
		if (this.clock.instant().isAfter(end.until())) {
			this.waiting.remove(end.id(), end);
			return;
		}
		if (end.claimRepetition()) {
			this.kv.whenAvailable().whenComplete((done, ex) -> attempt(end));
		}
	}

}
