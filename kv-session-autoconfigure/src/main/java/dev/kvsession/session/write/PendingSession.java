package dev.kvsession.session.write;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.Remains;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.settings.SessionIdHash;

/**
 * A session with pending changes. {@link PendingSessions} guards it with its lock; other
 * classes use only its immutable parts.
 *
 * <pre>
 * state      next states
 * NEW        QUEUED: the first change
 * QUEUED     WRITING: its turn in the write queue; MOVING: its id is changed
 * WRITING    QUEUED: written, lost or failed, and further changes wait;
 *            REPEATING: failed and deferred; WITHDRAWN: a touch makes way
 * WITHDRAWN  QUEUED: to be written with the changes that follow
 * REPEATING  QUEUED: the delay is over, or the store is closing; MOVING
 * MOVING     QUEUED: put back, or further changes wait
 * </pre>
 *
 * Each of them but NEW may become OVER: nothing is pending, or the session has ended.
 */
public final class PendingSession {

	final LiveSession live;

	/**
	 * Ids to end once KV has the record, with the latest time at which they end by
	 * themselves.
	 */
	private final Map<String, Remains> predecessors;

	private final Duration endAfter;

	private State state = State.NEW;

	/** What the first record is made of; {@code null} if KV has a record. */
	private @Nullable SessionRecord base;

	/** Whether KV could not take the changes, so that time has passed since. */
	private boolean deferred;

	private @Nullable PendingBatch writing;

	private @Nullable PendingBatch waiting;

	/** The latest call of the write, which may still wait in the KV engine. */
	private @Nullable CompletableFuture<?> call;

	private int failures;

	private long weight;

	public PendingSession(LiveSession live) {
		this(live, null, Map.of(), Duration.ZERO, false);
	}

	/**
	 * Begins a session of which KV has no record (if {@code base} is given). Its
	 * predecessors end {@code endAfter} its first write; {@code deferred} if KV is known
	 * to be down.
	 */
	public PendingSession(LiveSession live, @Nullable SessionRecord base, Map<String, Remains> predecessors,
			Duration endAfter, boolean deferred) {
		this.live = live;
		this.base = base;
		this.predecessors = new LinkedHashMap<>(predecessors);
		this.endAfter = endAfter;
		this.deferred = deferred;
	}

	String id() {
		return this.live.id();
	}

	private void become(State next) {
		if (!this.state.mayBecome(next)) {
			throw new IllegalStateException("A session's changes that are " + this.state + " cannot be " + next);
		}
		this.state = next;
	}

	boolean isIn(State other) {
		return this.state == other;
	}

	boolean hasNoRecord() {
		return this.base != null;
	}

	boolean isDeferred() {
		return this.deferred;
	}

	void defer() {
		this.deferred = true;
	}

	long weight() {
		return this.weight;
	}

	void weight(long bytes) {
		this.weight = bytes;
	}

	/** Coalesces a change with the waiting ones; returns all of them. */
	PendingBatch join(PendingBatch added) {
		PendingBatch known = this.waiting;
		PendingBatch joined = (known != null) ? known.and(added.change(), added.callClass()) : added;
		this.waiting = joined;
		return joined;
	}

	void accept(long nowNanos) {
		this.waiting = (this.waiting != null) ? this.waiting.accept(nowNanos) : null;
	}

	@Nullable PendingBatch waiting() {
		return this.waiting;
	}

	Stream<PendingBatch> batches() {
		return Stream.of(this.writing, this.waiting).filter((batch) -> batch != null).map(PendingBatch.class::cast);
	}

	@Nullable SessionChange changes(Predicate<PendingBatch> which) {
		return batches().filter(which).map(PendingBatch::change).reduce(SessionChange::and).orElse(null);
	}

	void queue() {
		become(State.QUEUED);
	}

	/**
	 * Takes the waiting changes in order to write them here (WRITING) or under a new id
	 * (MOVING).
	 */
	Turn begin(State next) {
		become(next);
		PendingBatch batch = this.waiting;
		if (batch == null) {
			throw new IllegalStateException("Nothing waits");
		}
		this.writing = batch;
		this.waiting = null;
		return new Turn(this, batch, this.base, this.deferred, predecessors(), this.endAfter);
	}

	/** Notes a call of the write; returns whether it is still wanted. */
	boolean calls(CompletableFuture<?> latest) {
		this.call = latest;
		return this.state == State.WRITING;
	}

	/** Lets a touch in flight make way; returns the call to cancel, or null. */
	@Nullable CompletableFuture<?> withdraw() {
		if (this.state != State.WRITING || this.writing == null || !this.writing.isTouch()) {
			return null;
		}
		become(State.WITHDRAWN);
		return this.call;
	}

	/** Queues a batch whose write has failed again, before the changes that followed. */
	void takeBack(PendingBatch batch, State next) {
		become(next);
		this.waiting = batch.again(this.waiting);
		this.writing = null;
	}

	int fail() {
		return ++this.failures;
	}

	/** Notes that KV has the record; returns the ids to end. */
	Map<String, Remains> written() {
		this.live.markWritten();
		this.base = null;
		this.deferred = false;
		this.failures = 0;
		return takePredecessors();
	}

	/**
	 * Goes on with the changes that followed, if any. A moved session has taken its
	 * predecessors along.
	 */
	@Nullable PendingBatch next() {
		this.writing = null;
		if (this.state == State.MOVING) {
			this.predecessors.clear();
		}
		if (this.waiting != null) {
			become(State.QUEUED);
		}
		return this.waiting;
	}

	/** Ends all that is pending; returns what is left of it. */
	Rest end() {
		become(State.OVER);
		return new Rest(this.waiting, takePredecessors(), this.call);
	}

	private Map<String, Remains> takePredecessors() {
		Map<String, Remains> taken = predecessors();
		this.predecessors.clear();
		return taken;
	}

	private Map<String, Remains> predecessors() {
		return Collections.unmodifiableMap(new LinkedHashMap<>(this.predecessors));
	}

	enum State {

		NEW, QUEUED, WRITING, WITHDRAWN, REPEATING, MOVING, OVER;

		boolean mayBecome(State next) {
			return switch (this) {
				case NEW -> next == QUEUED;
				case QUEUED -> EnumSet.of(WRITING, MOVING, OVER).contains(next);
				case WRITING -> EnumSet.of(QUEUED, REPEATING, WITHDRAWN, OVER).contains(next);
				case REPEATING -> EnumSet.of(QUEUED, MOVING, OVER).contains(next);
				case WITHDRAWN, MOVING -> EnumSet.of(QUEUED, OVER).contains(next);
				case OVER -> false;
			};
		}

	}

	/** What is to be written of a session, as it was when the write began. Immutable. */
	record Turn(PendingSession session, PendingBatch batch, @Nullable SessionRecord base, boolean deferred,
			Map<String, Remains> predecessors, Duration endAfter) {

		String id() {
			return this.session.id();
		}

		@Override
		public String toString() {
			return "Turn[" + SessionIdHash.of(id()) + "]";
		}

	}

	/** What is left: waiting changes, ids to end, and the latest call of the write. */
	record Rest(@Nullable PendingBatch waiting, Map<String, Remains> predecessors,
			@Nullable CompletableFuture<?> call) {

		@Override
		public String toString() {
			return "Rest[" + this.predecessors.size() + " predecessors]";
		}

	}

}
