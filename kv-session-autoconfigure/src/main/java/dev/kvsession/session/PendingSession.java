package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;

/**
 * A session with changes that are being written or wait for it. Guarded by the lock of
 * {@link PendingSessions}, which alone hands it out: to others it is a name for a
 * session.
 */
final class PendingSession {

	final LiveSession live;

	/**
	 * Whether KV had no record when this was made. Never changes.
	 */
	final boolean madeWithoutRecord;

	/**
	 * Ids to be ended once KV has the record, with the latest time at which they end by
	 * themselves.
	 */
	private final Map<String, @Nullable Instant> predecessors = new LinkedHashMap<>();

	/**
	 * How long after that they end.
	 */
	private final Duration endAfter;

	/**
	 * What the first record is made of; {@code null} if KV has a record.
	 */
	private @Nullable SessionRecord base;

	private final PendingBatches batches = new PendingBatches();

	/**
	 * Whether a turn in the lane, or a repetition, will come.
	 */
	private boolean planned;

	/**
	 * Whether a repetition is scheduled that nobody has claimed yet.
	 */
	private boolean repetitionScheduled;

	/**
	 * How often writing has failed since it last succeeded.
	 */
	private int failures;

	/**
	 * Whether KV could not take what waits, so that time has passed since.
	 */
	private boolean deferred;

	/**
	 * The memory reserved, in bytes.
	 */
	private long weight;

	PendingSession(LiveSession live) {
		this(live, null, Map.of(), Duration.ZERO, false);
	}

	/**
	 * Begins a session whose first record KV does not have.
	 * @param live the session
	 * @param base what its first record is made of, or {@code null} if KV has a record
	 * @param predecessors the ids to be ended once KV has the record
	 * @param endAfter how long after that they end
	 * @param deferred whether KV is known not to take the record at present
	 */
	PendingSession(LiveSession live, @Nullable SessionRecord base, Map<String, @Nullable Instant> predecessors,
			Duration endAfter, boolean deferred) {
		this.live = live;
		this.madeWithoutRecord = base != null;
		this.deferred = deferred;
		this.base = base;
		this.endAfter = endAfter;
		this.predecessors.putAll(predecessors);
	}

	String id() {
		return this.live.id();
	}

	boolean hasNoRecord() {
		return this.base != null;
	}

	boolean isDeferred() {
		return this.deferred;
	}

	/**
	 * Notes that KV cannot take what waits.
	 * @return whether it could before
	 */
	boolean defer() {
		boolean first = !this.deferred;
		this.deferred = true;
		return first;
	}

	long weight() {
		return this.weight;
	}

	void weight(long bytes) {
		this.weight = bytes;
	}

	PendingBatches batches() {
		return this.batches;
	}

	/**
	 * Claims the turn in which what waits is written.
	 * @return what waits, or {@code null} if nothing does or a turn will come anyway
	 */
	@Nullable PendingBatch plan() {
		PendingBatch due = this.planned ? null : this.batches.waiting();
		this.planned |= due != null;
		return due;
	}

	void repeats(boolean scheduled) {
		this.planned = scheduled;
		this.repetitionScheduled = scheduled;
	}

	/**
	 * Claims the repetition that will come.
	 * @return whether one would and nobody else has claimed it
	 */
	boolean claimRepetition() {
		boolean first = this.repetitionScheduled;
		this.repetitionScheduled = false;
		return first;
	}

	int fail() {
		return ++this.failures;
	}

	/**
	 * Begins to write what waits.
	 * @return the turn, or {@code null} if nothing waits
	 */
	@Nullable PendingTurn begin() {
		this.planned = false;
		PendingBatch batch = this.batches.begin();
		return (batch != null) ? new PendingTurn(this, batch, this.base, this.deferred,
				List.copyOf(this.predecessors.keySet()), this.endAfter) : null;
	}

	/**
	 * Notes that KV has the record.
	 * @return the ids to be ended
	 */
	Map<String, @Nullable Instant> written() {
		this.live.markWritten();
		this.base = null;
		this.deferred = false;
		this.failures = 0;
		Map<String, @Nullable Instant> ended = copy(this.predecessors);
		this.predecessors.clear();
		return ended;
	}

	/**
	 * Begins to write what waits under another id. It counts as being written here until
	 * it has arrived there or is put back.
	 * @return all that is left
	 */
	PendingRest depart() {
		return rest(this.batches.begin());
	}

	/**
	 * Notes that what has departed is pending under another id, with the ids to be ended.
	 * @return whether further changes wait
	 */
	boolean arrived() {
		this.predecessors.clear();
		return this.batches.next();
	}

	/**
	 * Takes out all that is left.
	 * @return the rest
	 */
	PendingRest end() {
		PendingRest rest = rest(this.batches.take());
		this.predecessors.clear();
		return rest;
	}

	private PendingRest rest(@Nullable PendingBatch waiting) {
		return new PendingRest(this.live, this.base, this.deferred, waiting, copy(this.predecessors));
	}

	private static Map<String, @Nullable Instant> copy(Map<String, @Nullable Instant> map) {
		return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
	}

	/**
	 * Takes over what was pending of the same session before.
	 * @param earlier what was left of it
	 */
	void follow(PendingRest earlier) {
		this.batches.follow(earlier.waiting());
		this.base = (this.base != null) ? this.base : earlier.base();
		this.deferred |= earlier.deferred();
		earlier.predecessors().forEach(this.predecessors::putIfAbsent);
		this.planned = false;
	}

}
