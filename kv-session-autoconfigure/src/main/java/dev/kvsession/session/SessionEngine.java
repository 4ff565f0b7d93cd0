package dev.kvsession.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.end.SessionEnds;
import dev.kvsession.session.end.WriteQueues;
import dev.kvsession.session.handoff.Handoff;
import dev.kvsession.session.look.SecondLooks;
import dev.kvsession.session.memory.EngineCaches;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.read.HandoffReads;
import dev.kvsession.session.read.RefreshAhead;
import dev.kvsession.session.read.SessionReads;
import dev.kvsession.session.read.StaleIfError;
import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.record.Remains;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.record.TouchPolicy;
import dev.kvsession.session.record.TransientFailure;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SessionIds;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.web.SessionRequest;
import dev.kvsession.session.write.BackgroundWrites;
import dev.kvsession.session.write.NewestState;
import dev.kvsession.session.write.PendingSession;
import dev.kvsession.session.write.PendingWrites;
import dev.kvsession.session.write.SessionRenames;
import dev.kvsession.session.write.SessionWrites;

/** The asynchronous session store beneath the repository. Safe for concurrent use. */
public final class SessionEngine {

	/** How often a flush looks: often enough not to prolong a shutdown noticeably. */
	private static final Duration FLUSH_STEP = Duration.ofMillis(50);

	final SessionMemory memory;

	final SessionContext context;

	final SessionReads reads;

	final WriteQueues queues;

	final SessionEnds ends;

	final PendingWrites pending;

	private final SessionRenames renames;

	private final BackgroundWrites background;

	private final KvScheduler scheduler;

	final RefreshAhead refresh;

	final Handoffs handoffs;

	private final NewSessions newSessions;

	final SessionIds ids;

	private final InstantSource clock;

	SessionEngine(KvEngine kv, SessionContext context, Consumer<LiveSession> expired,
			Consumer<LiveSession> learntEnds) {
		SessionSettings settings = context.settings();
		SessionRuntime runtime = context.runtime();
		this.context = context;
		this.clock = runtime.clock();
		this.ids = settings.idFormat.apply(settings.idGenerator, runtime.clock());
		settings.keys = new SessionKeys(settings.keys.prefix(), this.ids.storageNames());
		this.memory = new SessionMemory(new EngineCaches(runtime.nanoTime()), settings,
				new TouchPolicy(settings.touchInterval, runtime.jitter()));
		StaleIfError stale = new StaleIfError(settings.nearCache.staleIfError(), settings.statistics);
		this.reads = new SessionReads(kv, this.memory, context, stale::answered);
		this.newSessions = new NewSessions(settings);
		this.refresh = new RefreshAhead(context, this.reads, stale);
		this.scheduler = runtime.scheduler();
		this.queues = new WriteQueues(this.scheduler);
		this.ends = new SessionEnds(kv, this.queues, context);
		SecondLooks looks = new SecondLooks(kv, this.reads, this.memory, context, this.ends, this::mend,
				this::endWithPredecessor);
		SessionWrites writes = new SessionWrites(kv, this.reads, this.memory, context, looks, this.queues);
		this.handoffs = new Handoffs(context,
				new HandoffReads(kv, this.reads, this.memory, looks::endedElsewhere, context), this.memory, this.ids);
		this.pending = new PendingWrites(kv, this.queues, writes, this.ends, this.memory, context);
		this.background = new BackgroundWrites(kv, this.pending, this.memory, context);
		this.renames = new SessionRenames(kv, this.queues, writes, this.pending, this.ends, this.memory, context,
				this::end);
		if (settings.events != SessionSettings.NOWHERE) {
			new ExpirySweep(kv, this.memory, this.reads, context, expired, learntEnds).start();
		}
	}

	/**
	 * Makes an id. It replaces another one, or is that of a new session ({@code null}).
	 */
	String newId(@Nullable String replaced) {
		String id = (replaced != null) ? this.ids.generateLike(replaced) : this.ids.generate(tenant());
		Assert.state(this.ids.test(id),
				"The SessionIdGenerator made an id that would never be found; ids need 16 to 128 characters of "
						+ "[A-Za-z0-9._~-]");
		this.memory.addUnsaved(id, replaced);
		return id;
	}

	private @Nullable String tenant() {
		SessionRequest request = SessionRequest.current();
		return (request != null) ? request.tenant(this.context.settings().tenant) : null;
	}

	/* Without a request there is none to compare with. */
	private boolean isOfTenant(String id) {
		return SessionRequest.current() == null || this.ids.isOf(tenant(), id);
	}

	/**
	 * Returns a session from this instance's memory, of whatever age, or {@code null}.
	 */
	public @Nullable LiveSession known(String id) {
		return this.memory.sessions().get(id);
	}

	/**
	 * Looks an id up without a call. A malformed id is never in memory. Tombstones are
	 * asked whatever is in memory: no race there may undo a logout. A safe request is
	 * served an older state.
	 */
	LookUp lookUp(String id, boolean safe) {
		LiveSession known = known(id);
		boolean refused = !isOfTenant(id) || known == null && !this.ids.test(id);
		if (refused || this.memory.isEnded(id)) {
			this.context.settings().statistics.add(refused ? KvSessionEvent.REFUSED_ID : KvSessionEvent.TOMBSTONE_HIT);
			return LookUp.NONE;
		}
		Handoff handoff = this.handoffs.newer(id, known);
		if (handoff == null && known == null && this.memory.sessions().isKnownAbsent(id)) {
			return LookUp.NONE;
		}
		boolean usable = handoff == null && known != null && !isExpired(known)
				&& (known.isUnwritten() || this.refresh.tryUse(known, safe));
		return new LookUp(usable, known, handoff);
	}

	/**
	 * Whether only KV can tell if an id has a session. A young one that it does not show
	 * is not absent.
	 */
	boolean isUnknown(String id) {
		return this.ids.test(id) && this.memory.isUnknown(id) && !this.ids.isYoung(id, this.context.clock().millis());
	}

	/**
	 * Whether a session may be served stale although KV cannot be read; then it counts as
	 * used.
	 */
	boolean tryUseAfter(LiveSession live, KvException failure) {
		return !this.memory.isEnded(live.id()) && this.refresh.tryUseAfter(live, failure);
	}

	/** Reads a known session, and answers with the known one after the soft timeout. */
	CompletableFuture<Optional<LiveSession>> load(LiveSession known) {
		return this.refresh.withinSoftTimeout(known, load(List.of(known.id())));
	}

	/**
	 * Reads sessions in one call and returns that of the first id; of the others this
	 * instance then knows whether they exist. A pinned session stays usable while KV
	 * cannot be read.
	 */
	public CompletableFuture<Optional<LiveSession>> load(List<String> ids) {
		String id = ids.get(0);
		CompletableFuture<Optional<LiveSession>> read = (ids.size() > 1) ? this.reads.loadAll(ids)
				: this.reads.load(id);
		return read.exceptionallyCompose((ex) -> {
			LiveSession held = this.memory.sessions().held(id);
			return (held != null && TransientFailure.is(Stages.unwrap(ex)))
					? CompletableFuture.completedFuture(Optional.of(held)) : CompletableFuture.failedFuture(ex);
		});
	}

	private void mend(LiveSession live) {
		this.background.mend(live);
	}

	boolean isExpired(LiveSession live) {
		return live.isExpired(this.context.lifetimes(), this.clock.millis());
	}

	/**
	 * Returns the newest state known here of a session that a request has found, which
	 * may have left the memory.
	 */
	NewestState newest(LiveSession found) {
		LiveSession held = this.memory.sessions().get(found.id());
		return new NewestState((held != null) ? held.shown() : found.shown(),
				this.pending.sessions().changes(found.id()), this.memory.failedWrite(found.id()));
	}

	/**
	 * Writes a draft. Returns the session as acknowledged by KV or accepted into memory;
	 * empty if it had ended and the change was dropped. After a change of id the old one
	 * ends after {@code endAfter}.
	 */
	public CompletableFuture<Optional<LiveSession>> save(SessionDraft draft, Duration endAfter) {
		LiveSession live = draft.live();
		SessionChange change = draft.change();
		KvException refusal = this.context.tooLarge((live != null) ? newest(live).shown() : null, change);
		if (refusal != null) {
			return CompletableFuture.failedFuture(refusal);
		}
		if (live == null) {
			return this.newSessions.submit(change,
					(callClass) -> this.pending.submit(created(draft), change, callClass));
		}
		live.accessed(change.lastAccessedAt().toEpochMilli());
		return draft.isRenamed() ? this.renames.rename(live, draft.id(), change, endAfter)
				: this.pending.submit(new PendingSession(live), change, KvCallClass.WRITE);
	}

	private PendingSession created(SessionDraft draft) {
		SessionRecord base = draft.firstRecord(this.context.stamps().next(null));
		LiveSession live = new LiveSession(draft.id(), new Snapshot(base, 0, Map.of(), null), this.clock.millis());
		return new PendingSession(live, base, Map.of(), Duration.ZERO, false);
	}

	/**
	 * Notes that a session was used, and writes that in the background if it is due.
	 * Returns whether a write was started.
	 */
	public boolean touch(LiveSession live, long accessedMillis) {
		return this.background.touch(live, accessedMillis);
	}

	/**
	 * Ends a session: here at once; in KV when the future completes, unless the delete is
	 * repeated later. An id that KV cannot know costs no call.
	 */
	CompletableFuture<Void> end(String id) {
		LiveSession held = this.memory.sessions().get(id);
		this.memory.end(id);
		this.pending.end(id);
		if (this.memory.isUnsaved(id)) {
			return CompletableFuture.completedFuture(null);
		}
		return this.ends.enqueue(id, GoneMarker.Reason.DELETED,
				(held != null) ? held.remains(this.context.lifetimes(), this.clock.instant()) : Remains.UNKNOWN);
	}

	/* The id that the session had before has ended elsewhere. */
	private void endWithPredecessor(String id) {
		LiveSession known = known(id);
		end(id);
		this.memory.learntEnd(known);
	}

	/**
	 * Ends the id that a session had before, now that its new one has arrived. Completes
	 * when KV has acknowledged that or could not.
	 */
	CompletableFuture<Void> endPreviousId(String newId) {
		List<String> before = (this.ends.size() > 0) ? this.memory.predecessors(newId) : List.of();
		return before.isEmpty() ? CompletableFuture.completedFuture(null) : this.ends.endNow(before.get(0));
	}

	/**
	 * Writes what is pending, as soon as the second between two writes of a key allows.
	 * Returns how many sessions have pending changes or ends at the end.
	 */
	CompletableFuture<Integer> flush(Duration longest) {
		this.pending.repeatNow();
		this.ends.repeatNow();
		CompletableFuture<Integer> left = new CompletableFuture<>();
		flush(longest, left);
		return left;
	}

	private void flush(Duration remaining, CompletableFuture<Integer> left) {
		// mutant: flush
		int pending = pendingWrites();
		if (pending == 0 || remaining.isNegative() || remaining.isZero()) {
			left.complete(pending);
			return;
		}
		try {
			this.scheduler.schedule(() -> flush(remaining.minus(FLUSH_STEP), left), FLUSH_STEP);
		}
		catch (RejectedExecutionException ex) {
			left.complete(pending);
		}
	}

	/** How many sessions have pending changes or ends. */
	public int pendingWrites() {
		return this.pending.sessions().size() + this.ends.size();
	}

	/** How long ago the oldest pending change was accepted; zero if there is none. */
	public Duration oldestPendingChange() {
		return this.pending.sessions().oldestAccepted();
	}

	/**
	 * What this instance can say of an id without a call.
	 *
	 * @param settled whether that is the answer; else KV has to be read
	 * @param known the session as it is known here, or {@code null}
	 * @param handoff what another instance has sent of it beyond that, or {@code null}
	 */
	record LookUp(boolean settled, @Nullable LiveSession known, @Nullable Handoff handoff) {

		/** There is no session of the id. */
		private static final LookUp NONE = new LookUp(true, null, null);

	}

}
