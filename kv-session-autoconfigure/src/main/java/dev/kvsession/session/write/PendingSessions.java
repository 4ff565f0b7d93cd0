package dev.kvsession.session.write;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.NearCache;
import dev.kvsession.session.record.Remains;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.write.PendingSession.Rest;
import dev.kvsession.session.write.PendingSession.State;
import dev.kvsession.session.write.PendingSession.Turn;

/**
 * The sessions with pending changes, in bounded memory; shows the accepted ones to this
 * instance's requests. Its lock guards each {@link PendingSession}; what leaves it is
 * immutable. Safe for concurrent use.
 */
public final class PendingSessions {

	/**
	 * How old the oldest accepted change may be when another one is accepted. A punctual
	 * write is answered within the second for which the session's next write waits
	 * anyway.
	 */
	static final Duration ON_TIME = Duration.ofSeconds(1);

	/**
	 * What a session occupies beside its text, encoded and decoded, as in a snapshot's
	 * weight.
	 */
	private static final int OVERHEAD_BYTES = 1024;

	/** A few thousand sessions of usual size, beside the near cache's own 64 MB. */
	static final DataSize MAX_WEIGHT = DataSize.ofMegabytes(16);

	/** As many as single calls write in under an hour at the REST API's pace. */
	private static final int MAX_SESSIONS = 10_000;

	/**
	 * The part that sessions without a user may fill: in an outage, visitors must not use
	 * up the memory that logins need.
	 */
	private static final double PART_WITHOUT_USER = 0.75;

	private final Map<String, PendingSession> sessions = new HashMap<>();

	/** The accepted changes, in this order. */
	private final Deque<Accepted> accepted = new ArrayDeque<>();

	private long bytes;

	private int count;

	private final SessionWrites writes;

	private final NearCache cache;

	private final KvSessionStatistics statistics;

	private final LongSupplier nanoTime;

	PendingSessions(SessionWrites writes, NearCache cache, KvSessionStatistics statistics, LongSupplier nanoTime) {
		this.writes = writes;
		this.cache = cache;
		this.statistics = statistics;
		this.nanoTime = nanoTime;
	}

	/** Adds a change whose caller waits for it. */
	synchronized Joined add(PendingSession fresh, PendingBatch change) {
		return join(this.sessions.computeIfAbsent(fresh.id(), (id) -> fresh), change);
	}

	/** Accepts a change into memory; returns null if there is no room. */
	@Nullable Joined accept(PendingSession fresh, PendingBatch change, boolean available) {
		long weight = weight(fresh.live, change);
		synchronized (this) {
			PendingSession session = this.sessions.getOrDefault(fresh.id(), fresh);
			if (!reserve(session, weight, change.callClass())) {
				return null;
			}
			this.sessions.put(fresh.id(), session);
			Joined joined = join(session, change);
			if (!joined.batch().accepted()) {
				long now = this.nanoTime.getAsLong();
				session.accept(now);
				this.accepted.add(new Accepted(session, now));
			}
			if (!available) {
				defer(session);
			}
			show(session);
			return joined;
		}
	}

	private Joined join(PendingSession session, PendingBatch change) {
		if (session.waiting() != null && change.callClass() != KvCallClass.TOUCH) {
			this.statistics.add(KvSessionEvent.COALESCED_WRITE);
		}
		PendingBatch joined = session.join(change);
		boolean first = session.isIn(State.NEW);
		if (first) {
			session.queue();
		}
		return new Joined(session, joined, first);
	}

	/**
	 * Defers a batch that KV could not take; returns null if there is no room, or the
	 * session was forgotten meanwhile.
	 */
	@Nullable Kept keep(Turn turn) {
		PendingSession session = turn.session();
		PendingBatch batch = turn.batch();
		long weight = weight(session.live, batch);
		synchronized (this) {
			if (!isCurrent(session) || !(batch.accepted() || reserve(session, weight, batch.callClass()))) {
				return null;
			}
			PendingBatch following = session.waiting();
			session.takeBack(batch.accept(this.nanoTime.getAsLong()),
					(following != null) ? State.QUEUED : State.REPEATING);
			defer(session);
			show(session);
			return new Kept(session.fail(), following);
		}
	}

	private long weight(LiveSession live, PendingBatch batch) {
		return OVERHEAD_BYTES + 2L * this.writes.recordSize(live.shown(), batch.change());
	}

	private void defer(PendingSession session) {
		if (!session.isDeferred()) {
			session.defer();
			this.statistics.add(KvSessionEvent.DEFERRED_WRITE);
		}
	}

	/* Shows the accepted changes of a session, and no others. */
	private void show(PendingSession session) {
		SessionChange change = session.changes(PendingBatch::accepted);
		if (change == null) {
			hide(session);
			return;
		}
		int size = (int) (session.weight() - OVERHEAD_BYTES) / 2;
		session.live.overlay((known) -> this.writes.preview(session.live.shown(), known, change, size));
		if (session.hasNoRecord()) {
			session.live.markUnwritten();
		}
		this.cache.hold(session.live);
	}

	private void hide(PendingSession session) {
		session.live.overlay(null);
		this.cache.release(session.id());
	}

	/*
	 * Whether writes are punctual, so that another change may be accepted. Deferred ones
	 * do not count.
	 */
	synchronized boolean isOnTime() {
		while (!this.accepted.isEmpty() && !isPending(this.accepted.element())) {
			this.accepted.remove();
		}
		Accepted oldest = this.accepted.peek();
		return oldest == null || this.nanoTime.getAsLong() - oldest.atNanos() < ON_TIME.toNanos();
	}

	private boolean isPending(Accepted change) {
		PendingSession session = change.session();
		return isCurrent(session) && !session.isDeferred()
				&& session.batches().anyMatch((batch) -> Long.valueOf(change.atNanos()).equals(batch.acceptedAt()));
	}

	/**
	 * The age of the oldest accepted change that KV does not have yet; zero if there is
	 * none.
	 */
	public synchronized Duration oldestAccepted() {
		long now = this.nanoTime.getAsLong();
		return Duration.ofNanos(this.sessions.values()
			.stream()
			.flatMap(PendingSession::batches)
			.map(PendingBatch::acceptedAt)
			.mapToLong((at) -> (at != null) ? now - at : 0)
			.max()
			.orElse(0));
	}

	// The changes of a session that KV does not have; null if there are none.
	public synchronized @Nullable SessionChange changes(String id) {
		PendingSession session = this.sessions.get(id);
		return (session != null) ? session.changes((batch) -> true) : null;
	}

	// Whether nothing but the last access of a session is pending.
	synchronized boolean isTouch(String id) {
		PendingSession session = this.sessions.get(id);
		return session != null && session.batches().allMatch(PendingBatch::isTouch);
	}

	// Returns the call of a touch that is being written, to be cancelled.
	synchronized @Nullable CompletableFuture<?> withdrawTouch(String id) {
		PendingSession session = this.sessions.get(id);
		return (session != null) ? session.withdraw() : null;
	}

	// Begins a session's turn in its queue; null if nothing is to be written here.
	synchronized @Nullable Turn begin(PendingSession session) {
		return session.isIn(State.QUEUED) ? session.begin(State.WRITING) : null;
	}

	// Notes a call of a write; returns whether it is still wanted.
	synchronized boolean calls(PendingSession session, CompletableFuture<?> call) {
		return session.calls(call);
	}

	/**
	 * Queues a withdrawn or moved batch again; returns false if it is neither, or has
	 * ended.
	 */
	synchronized boolean takeBack(Turn turn) {
		PendingSession session = turn.session();
		boolean taken = session.isIn(State.WITHDRAWN) || session.isIn(State.MOVING);
		if (taken) {
			session.takeBack(turn.batch(), State.QUEUED);
		}
		return taken;
	}

	// Notes that KV has a record; returns the changes that are queued and the ids to end.
	synchronized Rest written(PendingSession session) {
		Map<String, Remains> ended = session.written();
		return new Rest(next(session), ended, null);
	}

	/**
	 * Goes on with what has followed a batch that is written, lost, or moved; returns
	 * null if nothing is pending. A request that has found the old id still sees its
	 * changes.
	 */
	synchronized @Nullable PendingBatch next(PendingSession session) {
		if (!isCurrent(session)) {
			return null;
		}
		boolean moved = session.isIn(State.MOVING);
		PendingBatch next = session.next();
		if (next == null) {
			remove(session.id());
		}
		if (!moved) {
			show(session);
		}
		return next;
	}

	// Forgets a session; returns what is left of it, null if nothing was pending.
	synchronized @Nullable Rest remove(String id) {
		PendingSession session = this.sessions.remove(id);
		if (session == null) {
			return null;
		}
		release(session);
		this.cache.release(id);
		return session.end();
	}

	// Takes the queued changes to write them under the new id; here until pending there.
	synchronized @Nullable Turn move(String id) {
		PendingSession session = this.sessions.get(id);
		return (session != null) ? session.begin(State.MOVING) : null;
	}

	// Queues a write that is to be repeated; returns whether it was not queued before.
	synchronized boolean repeat(PendingSession session) {
		boolean due = session.isIn(State.REPEATING);
		if (due) {
			session.queue();
		}
		return due;
	}

	synchronized List<PendingSession> all() {
		return List.copyOf(this.sessions.values());
	}

	synchronized boolean contains(String id) {
		return this.sessions.containsKey(id);
	}

	public synchronized int size() {
		return this.sessions.size();
	}

	public synchronized long bytes() {
		return this.bytes;
	}

	/**
	 * Takes memory for a session of that weight in bytes; returns false if there is none.
	 */
	private boolean reserve(PendingSession session, long weight, KvCallClass callClass) {
		double part = isWithoutUser(callClass) ? PART_WITHOUT_USER : 1;
		long more = weight - session.weight();
		boolean first = session.weight() == 0;
		if (this.bytes + more > MAX_WEIGHT.toBytes() * part || (first && this.count >= MAX_SESSIONS * part)) {
			return false;
		}
		this.bytes += more;
		this.count += first ? 1 : 0;
		session.weight(weight);
		return true;
	}

	private void release(PendingSession session) {
		// mutant: weight
		this.bytes -= session.weight();
		this.count -= (session.weight() > 0) ? 1 : 0;
		session.weight(0);
	}

	/**
	 * The exception for a session that finds no memory; without a cause if KV was not
	 * asked.
	 */
	static KvUnavailableException exceeded(String id, @Nullable Throwable cause) {
		return new KvUnavailableException("Session " + SessionIdHash.of(id)
				+ " could not be saved: KV takes no writes at present, and the memory for changes that wait for it is full ("
				+ MAX_WEIGHT.toMegabytes() + " MB, or " + MAX_SESSIONS + " sessions). Try again when KV is back",
				cause);
	}

	private static boolean isWithoutUser(KvCallClass callClass) {
		return callClass == KvCallClass.LOGIN_START || callClass == KvCallClass.ANONYMOUS;
	}

	private boolean isCurrent(PendingSession session) {
		return this.sessions.get(session.id()) == session;
	}

	/**
	 * An added change: its session, all that waits, and whether it was queued by this
	 * change.
	 */
	record Joined(PendingSession session, PendingBatch batch, boolean queued) {

	}

	/**
	 * A deferred batch: failures in a row, and what had followed (both are queued now),
	 * or null (the write is to be repeated).
	 */
	record Kept(int failures, @Nullable PendingBatch following) {

	}

	private record Accepted(PendingSession session, long atNanos) {

	}

}
