package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvCallClass;
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

	private final PendingTurns turns;

	private final SessionRenames renames;

	private final KvEngine kv;

	private final KvScheduler scheduler;

	private final Handoffs handoffs;

	private final InstantSource clock;

	private final Duration freshness;

	SessionEngine(KvEngine kv, EngineOptions options, EngineRuntime runtime, Consumer<KvSession> save) {
		this.kv = kv;
		this.clock = runtime.clock();
		this.freshness = options.nearCache.freshness();
		DoubleSupplier jitter = runtime.jitter();
		EngineCaches caches = new EngineCaches(runtime.nanoTime());
		this.memory = new SessionMemory(caches, options, new TouchPolicy(options.touchInterval, jitter));
		this.context = new SessionContext(options, this.clock, new HybridClock(this.clock, runtime.writer()),
				this.memory.unsaved(), save);
		this.reads = new SessionReads(kv, this.memory, this.context, options.keys, this.clock);
		this.scheduler = runtime.scheduler();
		this.lanes = new WriteLanes(this.scheduler);
		this.ends = new SessionEnds(kv, this.lanes, this.scheduler, options.keys, this.clock);
		SecondLooks looks = new SecondLooks(kv, this.reads, this.memory, this.context, options.keys, this.ends, runtime,
				this::mend);
		this.writes = new SessionWrites(kv, this.reads, this.memory, this.context, options.keys, runtime, looks);
		this.handoffs = new Handoffs(options.handoffSeal(),
				new HandoffReads(kv, this.reads, this.memory, looks, options, runtime), this.context, this.clock);
		this.changes = new PendingChanges(kv, this.lanes, this.writes, this.memory, options);
		this.turns = new PendingTurns(this.changes, this.writes, new DeferredRecords(kv, options.keys, options.codec),
				this.ends, this.memory, this.context, this.lanes, kv, runtime);
		this.renames = new SessionRenames(kv, this.lanes, this.writes, this.changes, this.ends, this.memory,
				this.context, this.clock, options.writeMode, this::end);
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
		return live.isUnwritten() || live.isKnownWithin(this.freshness, this.clock.millis());
	}

	/**
	 * Whether an id is known to have no session, without asking KV.
	 * @param id the id
	 * @return whether it ended here or was found absent a moment ago
	 */
	boolean isAbsent(String id) {
		return this.memory.isEnded(id) || this.memory.sessions().isMissed(id);
	}

	/**
	 * Reads a session. One whose changes wait to be written stays usable here while KV
	 * cannot be asked.
	 * @param id the id
	 * @return the session, or empty if there is none
	 */
	CompletableFuture<Optional<LiveSession>> load(String id) {
		return this.reads.load(id).exceptionallyCompose((ex) -> {
			LiveSession held = this.memory.sessions().held(id);
			return (held != null && PassingFailure.is(Stages.unwrap(ex)))
					? CompletableFuture.completedFuture(Optional.of(held)) : CompletableFuture.failedFuture(ex);
		});
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
	 * @return the session as KV has acknowledged it, or as it was accepted into memory;
	 * empty if it had ended and the change was dropped
	 */
	CompletableFuture<Optional<LiveSession>> save(KvSession session, SessionChange change) {
		LiveSession live = session.live();
		if (live == null) {
			return this.changes.submit(blank(session), change, KvCallClass.LOGIN);
		}
		live.accessed(change.lastAccessedAt().toEpochMilli());
		return session.isRenamed() ? this.renames.rename(live, session.getId(), change)
				: this.changes.submit(new PendingSession(live), change, KvCallClass.WRITE);
	}

	private PendingSession blank(KvSession session) {
		Instant created = session.getCreationTime();
		SessionRecord base = new SessionRecord(this.context.stamps().next(null), created, session.getLastAccessedTime(),
				null, session.getMaxInactiveInterval(), null, Map.of(), Map.of(), Map.of(), Map.of());
		PendingSession pending = new PendingSession(
				new LiveSession(session.getId(), new Snapshot(base, 0, Map.of(), null), this.clock.millis()));
		pending.base = base;
		return pending;
	}

	/**
	 * Notes that a session was used, and writes that in the background when it is due.
	 * @param live the session
	 * @param accessed the last access
	 * @return whether a write was started
	 */
	boolean touch(LiveSession live, Instant accessed) {
		live.accessed(accessed.toEpochMilli());
		if (this.memory.isEnded(live.id()) || !live.isTouchDue(this.clock.millis()) || !this.kv.isAvailable()) {
			return false;
		}
		live.touchDueAt(this.clock.millis() + TOUCH_RETRY.toMillis());
		CompletableFuture<?> written = this.changes.submit(new PendingSession(live), SessionChange.touch(accessed),
				KvCallClass.TOUCH);
		written.whenComplete((done, ex) -> {
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
		CompletableFuture<?> mended = this.changes.submit(new PendingSession(live), SessionChange.touch(accessed),
				KvCallClass.WRITE);
		mended.whenComplete((done, ex) -> {
			if (ex != null) {
				logger.warn("Changes of session {} that another instance has overwritten could not be mended and will"
						+ " be later: {}", SessionIdHash.of(live.id()), Stages.unwrap(ex).getMessage());
			}
		});
	}

	/**
	 * Ends a session: here at once, in KV when the returned future completes. What KV
	 * cannot know costs no call.
	 * @param id the id
	 * @return completes when KV has acknowledged it, or will be told later
	 */
	CompletableFuture<Void> end(String id) {
		LiveSession held = this.memory.sessions().get(id);
		PendingSession dropped = this.turns.drop(id);
		this.memory.end(id);
		this.writes.withdraw(id);
		List<CompletableFuture<Void>> told = new ArrayList<>();
		if (dropped != null) {
			dropped.predecessors
				.forEach((before, until) -> told.add(this.ends.enqueue(before, GoneMarker.Reason.RENAMED, until)));
		}
		if (!this.memory.unsaved().contains(id)) {
			told.add(this.ends.enqueue(id, GoneMarker.Reason.DELETED, (held != null) ? latestEnd(held) : null));
		}
		return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
	}

	private @Nullable Instant latestEnd(LiveSession live) {
		return live.latestEnd(this.context.lifetimes(), this.clock.instant());
	}

	boolean isEnded(String id) {
		return this.memory.isEnded(id);
	}

	/**
	 * Writes what waits for KV, as soon as the second between two writes of a key allows.
	 * @param longest how long to try
	 * @return how many sessions have changes or ends that could not be written
	 */
	CompletableFuture<Integer> flush(Duration longest) {
		this.turns.hurry();
		this.ends.hurry();
		return new SessionFlush(this::pendingWrites, this.scheduler).flush(longest);
	}

	/**
	 * How many sessions have changes or ends that wait for KV.
	 * @return the number
	 */
	int pendingWrites() {
		return this.changes.sessions().size() + this.ends.size();
	}

	/**
	 * How much memory those changes take.
	 * @return an estimate, in bytes
	 */
	long pendingBytes() {
		return this.changes.sessions().bytes();
	}

}
