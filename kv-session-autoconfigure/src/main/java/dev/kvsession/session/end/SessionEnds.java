package dev.kvsession.session.end;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

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
import dev.kvsession.client.support.Stages;
import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.Remains;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.TransientFailure;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionIndex;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.SessionWarnings;

/**
 * Ends ids in KV: first the marker, which tells other instances not to write the record
 * again, then the record. Repeats in the background what KV does not acknowledge, until
 * the record has expired. Safe for concurrent use.
 */
public final class SessionEnds {

	private static final Logger logger = LoggerFactory.getLogger(SessionEnds.class);

	/**
	 * How many ends may wait for KV: some ten megabytes, and more logouts than a token of
	 * the REST API can deliver in four hours.
	 */
	private static final int MAX_WAITING = 50_000;

	/**
	 * When the response with a new id has been sent: a busy server does so a while after
	 * the save. Little beside the minute or more of KV's own lag.
	 */
	public static final Duration UNTIL_ANSWER_IS_SENT = Duration.ofSeconds(3);

	private final ConcurrentMap<String, SessionEnd> waiting = new ConcurrentHashMap<>();

	private final KvEngine kv;

	private final WriteQueues queues;

	private final KvScheduler scheduler;

	private final SessionContext context;

	private final SessionSettings settings;

	private final SessionKeys keys;

	private final InstantSource clock;

	private final SessionWarnings warnings;

	private volatile boolean hurried;

	public SessionEnds(KvEngine kv, WriteQueues queues, SessionContext context) {
		this.warnings = context.warnings();
		this.kv = kv;
		this.queues = queues;
		this.scheduler = context.runtime().scheduler();
		this.context = context;
		this.settings = context.settings();
		this.keys = this.settings.keys;
		this.clock = context.clock();
	}

	/**
	 * Ends an id in its write queue, without a read unless there is an index and nothing
	 * is known of the session. Completes when KV has acknowledged the delete, or at once
	 * if KV is down. Fails on a permanent failure; the end is repeated all the same.
	 */
	public CompletableFuture<Void> enqueue(String id, GoneMarker.Reason reason, Remains remains) {
		return enqueue(
				new SessionEnd(id, new GoneMarker(this.clock.millis(), reason), remains, until(remains.until())));
	}

	/**
	 * Ends an id whose session goes on under another one, after a delay of zero or as
	 * long as the response takes: if this instance crashes before, the user still has the
	 * old id. Nobody waits for a delayed end.
	 */
	public void enqueueRenamed(String id, Remains remains, Duration delay) {
		SessionEnd end = new SessionEnd(id, new GoneMarker(this.clock.millis(), GoneMarker.Reason.RENAMED), remains,
				until(remains.until()));
		if (delay.isZero() || this.hurried || this.waiting.size() >= MAX_WAITING) {
			enqueue(end);
		}
		else if (this.waiting.putIfAbsent(id, end) == null) {
			end.repetition.set(true);
			end.outcome.complete(null);
			schedule(end, delay);
		}
	}

	/**
	 * Ends an id now whose end was delayed until its response is sent. Completes when KV
	 * has acknowledged it or could not be asked; at once if nothing is pending.
	 */
	public CompletableFuture<Void> endNow(String id) {
		SessionEnd end = this.kv.isAvailable() ? this.waiting.get(id) : null;
		if (end != null && end.claimRepetition()) {
			attempt(end);
		}
		return (end != null) ? end.tried : CompletableFuture.completedFuture(null);
	}

	/** Removes the record of an id that another instance has ended. */
	public void removeRecord(String id) {
		enqueue(new SessionEnd(id, null, Remains.UNKNOWN, until(null)));
	}

	private Instant until(@Nullable Instant expiresAt) {
		Instant longest = this.clock.instant().plus(GoneMarker.LONGEST);
		return (expiresAt == null || expiresAt.isAfter(longest)) ? longest : expiresAt;
	}

	private CompletableFuture<Void> enqueue(SessionEnd end) {
		String id = end.id;
		if (this.waiting.size() >= MAX_WAITING) {
			return CompletableFuture.failedFuture(new KvUnavailableException(problem(end, "cannot") + ": " + MAX_WAITING
					+ " ended sessions wait for KV already. "
					+ ((end.marker != null) ? "Elsewhere it goes on until it expires" : "It stays until it expires"),
					null));
		}
		SessionEnd known = this.waiting.putIfAbsent(id, end);
		if (known != null && !(end.outweighs(known) && this.waiting.replace(id, known, end))) {
			return known.outcome;
		}
		if (known != null) {
			end.takeOver(known);
			end.outcome.whenComplete((done, ex) -> Stages.complete(known.outcome, done, ex));
		}
		// mutant: logout-waits
		if (this.kv.isAvailable()) {
			attempt(end);
		}
		else {
			end.outcome.complete(null);
			this.kv.whenAvailable().whenComplete((done, ex) -> attempt(end));
		}
		return end.outcome;
	}

	/**
	 * The outcome of a pending end, as for {@link #enqueue}; completed if there is none.
	 */
	public CompletableFuture<Void> outcome(String id) {
		SessionEnd end = this.waiting.get(id);
		return (end != null) ? end.outcome : CompletableFuture.completedFuture(null);
	}

	/** How many ends are pending. */
	public int size() {
		return this.waiting.size();
	}

	/** Repeats at once what has failed, and from now on after a second each. */
	public void repeatNow() {
		this.hurried = true;
		List.copyOf(this.waiting.values()).stream().filter(SessionEnd::claimRepetition).forEach(this::attempt);
	}

	private void attempt(SessionEnd end) {
		if (this.waiting.get(end.id) != end) {
			// One that outweighs it waits instead.
			end.tried.complete(null);
			return;
		}
		// mutant: end-waits
		this.queues.enqueue(end.id, () -> tell(end)).whenComplete((done, ex) -> {
			end.tried.complete(null);
			if (ex != null) {
				failed(end, Stages.unwrap(ex));
				return;
			}
			this.waiting.remove(end.id, end);
			end.outcome.complete(null);
		});
	}

	/*
	 * The delete follows even if the marker cannot be written, or the record would stay
	 * alive; but not while Cloudflare blocks the token and would count each call.
	 */
	private CompletionStage<Void> tell(SessionEnd end) {
		return mark(end).thenCompose((failure) -> {
			if (failure instanceof KvRateLimitException) {
				return CompletableFuture.failedFuture(failure);
			}
			return keys(end).thenCompose((keys) -> this.kv.deleteAll(keys, KvCallClass.LOGIN)).thenAccept((done) -> {
				if (failure instanceof KvException told) {
					throw told;
				}
			});
		});
	}

	/*
	 * What is unknown is read if there is an index. If it cannot be read, or KV does not
	 * show it yet, its entries stay until they expire; nobody is shown them.
	 */
	private CompletionStage<List<String>> keys(SessionEnd end) {
		String key = this.keys.record(end.id);
		if (this.settings.index == SessionIndex.NONE || !end.remains.records().isEmpty()) {
			return CompletableFuture.completedFuture(keys(end.id, end.remains));
		}
		return this.kv.get(key, KvCallClass.LOGIN)
			.handle((found, ex) -> keys(end.id, (ex != null) ? Remains.UNKNOWN : decoded(key, found)));
	}

	private List<String> keys(String id, Remains remains) {
		// mutant: entry-at-logout
		return Stream.concat(Stream.of(this.keys.record(id)), remains.keys(id, this.settings.index)).toList();
	}

	private Remains decoded(String key, Optional<String> stored) {
		try {
			return new Remains(null,
					stored.map((text) -> this.settings.codec.decode(this.context.opened(key, text))).stream().toList());
		}
		catch (UnreadableRecordException ex) {
			return Remains.UNKNOWN;
		}
	}

	private CompletionStage<@Nullable Throwable> mark(SessionEnd end) {
		GoneMarker marker = end.marker;
		// mutant: gone-marker
		if (marker == null || end.marked) {
			return CompletableFuture.completedFuture(null);
		}
		String key = (marker.reason() == GoneMarker.Reason.DELETED) ? this.keys.gone(end.id)
				: this.keys.renamed(end.id);
		Duration left = Lifetimes.withinKvLimits(Duration.between(this.clock.instant(), end.until));
		Duration life = (left.compareTo(GoneMarker.SHORTEST) > 0) ? left : GoneMarker.SHORTEST;
		return this.kv.put(new KvPair(key, marker.toJson(), life), KvCallClass.LOGIN).handle((done, ex) -> {
			if (ex == null) {
				end.marked = true;
			}
			return Stages.unwrapNullable(ex);
		});
	}

	private void failed(SessionEnd end, Throwable failure) {
		if (end.failures == 0 && !this.hurried) {
			this.warnings.warn(logger, "ends of sessions that KV could not be told", failure,
					problem(end, "could not") + "; trying again until " + end.until);
		}
		if (TransientFailure.is(failure)) {
			end.outcome.complete(null);
		}
		else {
			end.outcome.completeExceptionally(failure);
		}
		Duration delay = TransientFailure.delay(end.fail(), failure);
		schedule(end, this.hurried ? WriteQueues.SPACING : delay);
	}

	private static String problem(SessionEnd end, String failed) {
		String id = SessionIdHash.of(end.id);
		return (end.marker != null) ? "Session " + id + " has ended here, but KV " + failed + " be told"
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
		if (this.clock.instant().isAfter(end.until)) {
			this.waiting.remove(end.id, end);
			return;
		}
		if (end.claimRepetition()) {
			this.kv.whenAvailable().whenComplete((done, ex) -> attempt(end));
		}
	}

	/**
	 * A pending end: gone marker and delete that KV has not acknowledged. Without a
	 * marker, only the delete of a record whose session has ended elsewhere.
	 */
	private static final class SessionEnd {

		private final String id;

		/** What to tell other instances, or {@code null} if they know. */
		private final @Nullable GoneMarker marker;

		private volatile Remains remains;

		/** When the record will have expired. */
		private final Instant until;

		/** Completes when the caller need not wait any longer. */
		private final CompletableFuture<Void> outcome = new CompletableFuture<>();

		/** Completes normally when KV has been asked once, however that went. */
		private final CompletableFuture<Void> tried = new CompletableFuture<>();

		/** Whether an attempt is due, which one thread takes. */
		private final AtomicBoolean repetition = new AtomicBoolean();

		/** Whether KV has the marker, which is then not written again. */
		private volatile boolean marked;

		private volatile int failures;

		SessionEnd(String id, @Nullable GoneMarker marker, Remains remains, Instant until) {
			this.id = id;
			this.marker = marker;
			this.remains = remains;
			this.until = until;
		}

		/* What is known of the session, if the other end knew it. */
		void takeOver(SessionEnd other) {
			if (this.remains.records().isEmpty()) {
				this.remains = other.remains;
			}
		}

		/** A deleted session has ended under its other ids, too. */
		boolean outweighs(SessionEnd other) {
			return isDelete() && !other.isDelete();
		}

		private boolean isDelete() {
			return this.marker != null && this.marker.reason() == GoneMarker.Reason.DELETED;
		}

		synchronized int fail() {
			this.repetition.set(true);
			return ++this.failures;
		}

		boolean claimRepetition() {
			return this.repetition.compareAndSet(true, false);
		}

	}

}
