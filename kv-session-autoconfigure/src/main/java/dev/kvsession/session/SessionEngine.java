package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.SessionRecord;

/**
 * The asynchronous session store: what the repository does, without waiting for it. Safe
 * for concurrent use.
 */
final class SessionEngine {

	private static final Logger logger = LoggerFactory.getLogger(SessionEngine.class);

	/**
	 * How long a touch that is under way keeps further ones from starting.
	 */
	private static final Duration TOUCH_RETRY = Duration.ofMinutes(1);

	private final SessionMemory memory;

	private final SessionContext context;

	private final SessionReads reads;

	private final SessionWrites writes;

	private final SessionEnds ends;

	private final WriteLanes lanes;

	private final PendingChanges changes;

	private final Handoffs handoffs;

	private final InstantSource clock;

	private final Duration freshness;

	SessionEngine(KvEngine kv, EngineOptions options, EngineRuntime runtime, Consumer<KvSession> save) {
		this.clock = runtime.clock();
		this.freshness = options.nearCache.freshness();
		DoubleSupplier jitter = runtime.jitter();
		EngineCaches caches = new EngineCaches(runtime.nanoTime());
		this.memory = new SessionMemory(caches, options, new TouchPolicy(options.touchInterval, jitter));
		this.context = new SessionContext(options, this.clock, new HybridClock(this.clock, runtime.writer()), save);
		this.reads = new SessionReads(kv, this.memory, this.context, options.keys, this.clock);
		KvScheduler scheduler = runtime.scheduler();
		this.lanes = new WriteLanes(scheduler);
		this.ends = new SessionEnds(kv, this.lanes, scheduler, options.keys, this.clock);
		SecondLooks looks = new SecondLooks(kv, this.reads, this.memory, this.context, options.keys, this.ends, runtime,
				this::mend);
		this.writes = new SessionWrites(kv, this.reads, this.memory, this.context, options.keys, runtime, looks);
		this.handoffs = new Handoffs(options.handoffSeal(),
				new HandoffReads(kv, this.reads, this.memory, looks, options, runtime), this.context, this.clock);
		this.changes = new PendingChanges(this.lanes, this.writes::update);
	}

	KvSession create() {
		return new KvSession(this.context, this.clock.instant());
	}

	/**
	 * Returns what this instance knows of a session, of whatever age.
	 * @param id the id
	 * @return the session, or {@code null}
	 */
	@Nullable LiveSession known(String id) {
		return this.memory.sessions().get(id);
	}

	boolean isFresh(LiveSession live) {
		return live.isKnownWithin(this.freshness, this.clock.millis());
	}

	/**
	 * Whether an id is known to have no session, without asking KV.
	 * @param id the id
	 * @return whether it ended here or was found absent a moment ago
	 */
	boolean isAbsent(String id) {
		return this.memory.isEnded(id) || this.memory.sessions().isMissed(id);
	}

	CompletableFuture<Optional<LiveSession>> load(String id) {
		return this.reads.load(id);
	}

	Handoffs handoffs() {
		return this.handoffs;
	}

	boolean isExpired(LiveSession live) {
		Instant end = live.expiresAt(this.context.lifetimes());
		return end != null && this.clock.millis() >= end.toEpochMilli();
	}

	/**
	 * Forgets an expired session; KV forgets it by its lifetime.
	 * @param live the session
	 * @return whether this call was the one that noticed
	 */
	boolean expire(LiveSession live) {
		return this.memory.expire(live.id());
	}

	KvSession open(LiveSession live) {
		return new KvSession(this.context, live);
	}

	/**
	 * Writes what a request changed.
	 * @param session the session
	 * @param change the change
	 * @return the session as KV has acknowledged it; empty if it had ended and the change
	 * was dropped
	 */
	CompletableFuture<Optional<LiveSession>> save(KvSession session, SessionChange change) {
		LiveSession live = session.live();
		if (live == null) {
			return insert(session, change);
		}
		live.accessed(change.lastAccessedAt().toEpochMilli());
		return session.isRenamed() ? rename(live, session.getId(), change) : this.changes.submit(live, change);
	}

	private CompletableFuture<Optional<LiveSession>> insert(KvSession session, SessionChange change) {
		String id = session.getId();
		return this.lanes.enqueue(id,
				() -> this.memory.isEnded(id) ? CompletableFuture.completedFuture(Optional.empty())
						: this.writes.create(id, blank(session), change).thenApply(Optional::of));
	}

	private SessionRecord blank(KvSession session) {
		Instant created = session.getCreationTime();
		return new SessionRecord(this.context.stamps().next(null), created, session.getLastAccessedTime(), null,
				session.getMaxInactiveInterval(), null, Map.of(), Map.of(), Map.of(), Map.of());
	}

	private CompletableFuture<Optional<LiveSession>> rename(LiveSession old, String id, SessionChange change) {
		return this.lanes.enqueue(old.id(),
				() -> this.writes.newest(old)
					.thenCompose((newest) -> newest.isEmpty() ? CompletableFuture.completedFuture(newest)
							: move(newest.get(), id, change)));
	}

	/*
	 * The new id is acknowledged before the old one ends, so that a crash in between
	 * leaves two ids and not none. Nobody has been told the new id if it cannot be
	 * acknowledged; should it be in KV all the same, it is removed, and so cannot be used
	 * again when the same session is saved once more.
	 */
	private CompletionStage<Optional<LiveSession>> move(LiveSession old, String id, SessionChange change) {
		if (this.memory.isEnded(id)) {
			return CompletableFuture.failedFuture(new KvUnavailableException("The change of the id of session "
					+ SessionIdHash.of(old.id()) + " has failed before and was undone. Change the id again", null));
		}
		return this.lanes.enqueue(id, () -> this.writes.create(id, old.snapshot().record(), change))
			.whenComplete((moved, ex) -> {
				if (ex != null) {
					end(id);
				}
			})
			.thenCompose((moved) -> {
				if (!this.memory.end(old.id())) {
					return end(id).thenApply((done) -> Optional.empty());
				}
				moved.accessed(old.lastAccessedMillis());
				return this.ends.now(old.id(), GoneMarker.Reason.RENAMED, latestEnd(old))
					.handle((done, ex) -> Optional.of(moved));
			});
	}

	/**
	 * Notes that a session was used, and writes that in the background when it is due.
	 * @param live the session
	 * @param accessed the last access
	 * @return whether a write was started
	 */
	boolean touch(LiveSession live, Instant accessed) {
		live.accessed(accessed.toEpochMilli());
		if (this.memory.isEnded(live.id()) || !live.isTouchDue(this.clock.millis())) {
			return false;
		}
		live.touchDueAt(this.clock.millis() + TOUCH_RETRY.toMillis());
		this.changes.submit(live, SessionChange.touch(accessed)).whenComplete((done, ex) -> {
			if (ex != null) {
				logger.warn("The last access of session {} could not be written and will be later: {}",
						SessionIdHash.of(live.id()), ex.getMessage());
			}
		});
		return true;
	}

	/*
	 * What is held has been merged already; writing the last access writes all of it.
	 */
	private void mend(LiveSession live) {
		Instant accessed = Instant.ofEpochMilli(live.lastAccessedMillis());
		this.changes.submit(live, SessionChange.touch(accessed)).whenComplete((done, ex) -> {
			if (ex != null) {
				logger.warn("Changes of session {} that another instance has overwritten could not be mended and will"
						+ " be later: {}", SessionIdHash.of(live.id()), Stages.unwrap(ex).getMessage());
			}
		});
	}

	/**
	 * Ends a session: here at once, in KV when the returned future completes.
	 * @param id the id
	 * @return completes when KV has acknowledged it
	 */
	CompletableFuture<Void> end(String id) {
		LiveSession held = this.memory.sessions().get(id);
		this.memory.end(id);
		return this.ends.enqueue(id, GoneMarker.Reason.DELETED, (held != null) ? latestEnd(held) : null);
	}

	private @Nullable Instant latestEnd(LiveSession live) {
		return live.latestEnd(this.context.lifetimes(), this.clock.instant());
	}

	boolean isEnded(String id) {
		return this.memory.isEnded(id);
	}

}
