package dev.kvsession.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.session.SessionIdGenerator;
import org.springframework.util.Assert;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.end.SessionEnds;
import dev.kvsession.session.end.WriteLanes;
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
import dev.kvsession.session.record.PassingFailure;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.record.TouchPolicy;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SessionIdShape;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.write.BackgroundWrites;
import dev.kvsession.session.write.NewestState;
import dev.kvsession.session.write.PendingSession;
import dev.kvsession.session.write.PendingWrites;
import dev.kvsession.session.write.SessionRenames;
import dev.kvsession.session.write.SessionWrites;

/**
 * The asynchronous session store: what the repository does, without waiting for it. Safe
 * for concurrent use.
 */
public final class SessionEngine {

	private final SessionMemory memory;

	private final SessionContext context;

	private final SessionReads reads;

	private final SessionEnds ends;

	private final PendingWrites pending;

	private final SessionRenames renames;

	private final BackgroundWrites background;

	private final KvScheduler scheduler;

	private final RefreshAhead refresh;

	private final Handoffs handoffs;

	private final NewSessions newSessions;

	private final SessionIdGenerator idGenerator;

	private final Predicate<String> idShape;

	private final InstantSource clock;

	SessionEngine(KvEngine kv, SessionContext context, Consumer<LiveSession> expired) {
		SessionSettings settings = context.settings();
		SessionRuntime runtime = context.runtime();
		this.context = context;
		this.clock = runtime.clock();
		this.memory = new SessionMemory(new EngineCaches(runtime.nanoTime()), settings,
				new TouchPolicy(settings.touchInterval, runtime.jitter()));
		this.idGenerator = settings.idGenerator;
		this.idShape = SessionIdShape.of(settings.idGenerator);
		StaleIfError stale = new StaleIfError(settings.nearCache.staleIfError(), settings.statistics);
		this.reads = new SessionReads(kv, this.memory, context, stale::answered);
		this.newSessions = new NewSessions(settings);
		this.refresh = new RefreshAhead(context, this.reads, stale);
		this.scheduler = runtime.scheduler();
		WriteLanes lanes = new WriteLanes(this.scheduler);
		this.ends = new SessionEnds(kv, lanes, context);
		SecondLooks looks = new SecondLooks(kv, this.reads, this.memory, context, this.ends, this::mend, this::end);
		SessionWrites writes = new SessionWrites(kv, this.reads, this.memory, context, looks);
		this.handoffs = new Handoffs(context,
				new HandoffReads(kv, this.reads, this.memory, looks::endedElsewhere, context), this.memory);
		this.pending = new PendingWrites(kv, lanes, writes, this.ends, this.memory, context);
		this.background = new BackgroundWrites(kv, this.pending, this.memory, context);
		this.renames = new SessionRenames(kv, lanes, writes, this.pending, this.ends, this.memory, context, this::end);
		ExpirySweep.start(kv, this.memory, this.reads, context, expired);
	}

	SessionContext context() {
		return this.context;
	}

	/**
	 * Makes an id.
	 * @param replaced the id that it is to replace, or {@code null} of a new session
	 * @return the id
	 */
	String newId(@Nullable String replaced) {
		String id = this.idGenerator.generate();
		Assert.state(this.idShape.test(id),
				"The SessionIdGenerator made an id that would never be found; ids need 16 to 128 characters of "
						+ "[A-Za-z0-9._~-]");
		this.memory.unsaved().add(id, replaced);
		return id;
	}

	/**
	 * Returns what this instance knows of a session, of whatever age.
	 * @param id the id
	 * @return the session, or {@code null}
	 */
	public @Nullable LiveSession known(String id) {
		return this.memory.sessions().get(id);
	}

	/**
	 * Looks up what can be said of an id without asking KV. A malformed id is never in
	 * memory. Whether an id has ended is asked whatever is in memory: no race there may
	 * undo a logout.
	 * @param id the id
	 * @param safe whether the request changes nothing, so that an older state will do
	 * @return the answer, or what KV's answer is to be weighed against
	 */
	LookUp lookUp(String id, boolean safe) {
		LiveSession known = known(id);
		boolean refused = known == null && !this.idShape.test(id);
		if (refused || isEnded(id)) {
			this.context.settings().statistics.add(refused ? KvSessionEvent.REFUSED_ID : KvSessionEvent.TOMBSTONE_HIT);
			return LookUp.NONE;
		}
		Handoff handoff = this.handoffs.newer(id, known);
		if (handoff == null && known == null && isMissed(id)) {
			return LookUp.NONE;
		}
		boolean usable = handoff == null && known != null && !isExpired(known)
				&& (known.isUnwritten() || this.refresh.tryUse(known, safe));
		return new LookUp(usable, known, handoff);
	}

	boolean isUnknown(String id) {
		return this.idShape.test(id) && this.memory.isUnknown(id);
	}

	boolean isMissed(String id) {
		return this.memory.sessions().isMissed(id);
	}

	/**
	 * Uses a session though KV could not be asked, if it may be.
	 * @param live the session
	 * @param failure what KV did
	 * @return whether the failure may pass and the session was known not too long ago
	 */
	boolean tryUseAfter(LiveSession live, KvException failure) {
		return !isEnded(live.id()) && this.refresh.tryUseAfter(live, failure);
	}

	Duration effectiveAge() {
		return this.refresh.effectiveAge();
	}

	/**
	 * Reads a session that is known here, and answers with what is known if that takes
	 * too long.
	 * @param known what is known
	 * @return the session, or empty if there is none
	 */
	CompletableFuture<Optional<LiveSession>> load(LiveSession known) {
		return this.refresh.withinSoftTimeout(known, load(List.of(known.id())));
	}

	/**
	 * Reads sessions, in one call. One whose changes wait to be written stays usable here
	 * while KV cannot be asked.
	 * @param ids the ids
	 * @return the session of the first one, or empty if there is none; of the others it
	 * is known then whether there is one
	 */
	public CompletableFuture<Optional<LiveSession>> load(List<String> ids) {
		String id = ids.get(0);
		CompletableFuture<Optional<LiveSession>> read = (ids.size() > 1) ? this.reads.loadAll(ids)
				: this.reads.load(id);
		return read.exceptionallyCompose((ex) -> {
			LiveSession held = this.memory.sessions().held(id);
			return (held != null && PassingFailure.is(Stages.unwrap(ex)))
					? CompletableFuture.completedFuture(Optional.of(held)) : CompletableFuture.failedFuture(ex);
		});
	}

	public Handoffs handoffs() {
		return this.handoffs;
	}

	boolean isExpired(LiveSession live) {
		return live.isExpired(this.context.lifetimes(), this.clock.millis());
	}

	/**
	 * Forgets an expired session; KV forgets it by its lifetime.
	 * @param live the session
	 * @return whether this call was the one that noticed
	 */
	boolean expire(LiveSession live) {
		return this.memory.expire(live.id());
	}

	/**
	 * Returns the newest state known here of a session.
	 * @param found the session as a request found it, which may not be remembered any
	 * more
	 * @return the state
	 */
	NewestState newest(LiveSession found) {
		LiveSession held = this.memory.sessions().get(found.id());
		return new NewestState((held != null) ? held.shown() : found.shown(),
				this.pending.sessions().changes(found.id()), this.memory.failedWrites().of(found.id()));
	}

	/**
	 * Writes what a request changed.
	 * @param draft what it changed
	 * @param endAfter how long after a change of id the old one ends in KV
	 * @return the session as KV has acknowledged it, or as it was accepted into memory;
	 * empty if it had ended and the change was dropped
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
	 * Notes that a session was used, and writes that in the background when it is due.
	 * @param live the session
	 * @param accessedMillis the last access
	 * @return whether a write was started
	 */
	public boolean touch(LiveSession live, long accessedMillis) {
		return this.background.touch(live, accessedMillis);
	}

	private void mend(LiveSession live) {
		this.background.mend(live);
	}

	/**
	 * Ends a session: here at once, in KV when the returned future completes. What KV
	 * cannot know costs no call.
	 * @param id the id
	 * @return completes when KV has acknowledged it, or will be told later
	 */
	CompletableFuture<Void> end(String id) {
		LiveSession held = this.memory.sessions().get(id);
		this.memory.end(id);
		this.pending.end(id);
		if (this.memory.unsaved().contains(id)) {
			return CompletableFuture.completedFuture(null);
		}
		return this.ends.enqueue(id, GoneMarker.Reason.DELETED,
				(held != null) ? held.latestEnd(this.context.lifetimes(), this.clock.instant()) : null);
	}

	// The id under which KV knows a session whose change of id was not saved, or null.
	@Nullable String idBefore(String newId) {
		return this.memory.unsaved().idBefore(newId);
	}

	boolean isEnded(String id) {
		return this.memory.isEnded(id);
	}

	/**
	 * Ends the id that a session had before, now that its new one has arrived.
	 * @param newId the session's id
	 * @return completes when KV has been told or could not be
	 */
	CompletableFuture<Void> answered(String newId) {
		List<String> before = (this.ends.size() > 0) ? this.memory.successors().predecessors(newId) : List.of();
		return before.isEmpty() ? CompletableFuture.completedFuture(null) : this.ends.answered(before.get(0));
	}

	boolean isEndedHere(String id) {
		return this.memory.isEndedHere(id);
	}

	// The id under which a session goes on; null if it was not changed here lately.
	@Nullable String successor(String id) {
		return this.memory.successors().of(id);
	}

	/**
	 * Writes what waits for KV, as soon as the second between two writes of a key allows.
	 * @param longest how long to try
	 * @return how many sessions have changes or ends that could not be written
	 */
	CompletableFuture<Integer> flush(Duration longest) {
		this.pending.hurry();
		this.ends.hurry();
		return new SessionFlush(this::pendingWrites, this.scheduler).flush(longest);
	}

	/**
	 * How many sessions have changes or ends that wait for KV.
	 * @return the number
	 */
	public int pendingWrites() {
		return this.pending.sessions().size() + this.ends.size();
	}

	/**
	 * How long ago the oldest change was acknowledged that KV does not have yet.
	 * @return its age, zero if there is none
	 */
	public Duration oldestPendingChange() {
		return this.pending.sessions().oldestAccepted();
	}

	/**
	 * How much memory those changes take.
	 * @return an estimate, in bytes
	 */
	long pendingBytes() {
		return this.pending.sessions().bytes();
	}

}
