package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.engine.KvCallClass;
import dev.kvsession.codec.SessionRecord;

/**
 * A session with changes that are being written or wait for it. Guarded by the lock of
 * {@link PendingSessions}, which alone hands it out: to others it is a name for a
 * session.
 */
final class PendingSession {

	final LiveSession live;

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

	private @Nullable PendingBatch writing;

	private @Nullable PendingBatch waiting;

	/**
	 * Whether a turn in the lane, or a repetition, will come.
	 */
	private boolean planned;

	private boolean repeated;

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
		this(live, null, Map.of(), Duration.ZERO);
	}

	/**
	 * Begins a session whose first record KV does not have.
	 * @param live the session
	 * @param base what its first record is made of, or {@code null} if KV has a record
	 * @param predecessors the ids to be ended once KV has the record
	 * @param endAfter how long after that they end
	 */
	PendingSession(LiveSession live, @Nullable SessionRecord base, Map<String, @Nullable Instant> predecessors,
			Duration endAfter) {
		this.live = live;
		this.base = base;
		this.endAfter = endAfter;
		this.predecessors.putAll(predecessors);
	}

	String id() {
		return this.live.id();
	}

	boolean isFirst() {
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

	@Nullable PendingBatch waiting() {
		return this.waiting;
	}

	/**
	 * Joins a change to what waits.
	 * @param change the change
	 * @param callClass what it is for
	 * @return what waits by now
	 */
	PendingBatch join(SessionChange change, KvCallClass callClass) {
		PendingBatch joined = (this.waiting != null) ? this.waiting.and(change, callClass)
				: PendingBatch.of(change, callClass);
		this.waiting = joined;
		return joined;
	}

	void accept(long nowNanos) {
		this.waiting = (this.waiting != null) ? this.waiting.accept(nowNanos) : null;
	}

	/**
	 * Lets what is being written wait to be written again, before what has followed it.
	 * @param batch what was to be written
	 */
	void keep(PendingBatch batch) {
		this.waiting = (this.waiting != null) ? batch.again(this.waiting) : batch.again();
		this.writing = null;
	}

	/**
	 * Claims the turn in which what waits is written.
	 * @return what waits, or {@code null} if nothing does or a turn will come anyway
	 */
	@Nullable PendingBatch plan() {
		PendingBatch due = this.planned ? null : this.waiting;
		this.planned |= due != null;
		return due;
	}

	void repeats(boolean repeated) {
		this.planned = repeated;
		this.repeated = repeated;
	}

	/**
	 * Claims the repetition that will come.
	 * @return whether one would and nobody else has claimed it
	 */
	boolean claimRepetition() {
		boolean first = this.repeated;
		this.repeated = false;
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
		PendingBatch batch = this.waiting;
		this.writing = batch;
		this.waiting = null;
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

	boolean next() {
		this.writing = null;
		return this.waiting != null;
	}

	/**
	 * Begins to write what waits under another id. It counts as being written here until
	 * it has arrived there or is put back.
	 * @return all that is left
	 */
	PendingRest depart() {
		PendingRest rest = new PendingRest(this.live, this.base, this.deferred, this.waiting, copy(this.predecessors));
		this.writing = this.waiting;
		this.waiting = null;
		return rest;
	}

	/**
	 * Notes that what has departed is pending under another id, with the ids to be ended.
	 * @return whether further changes wait
	 */
	boolean arrived() {
		this.predecessors.clear();
		return next();
	}

	/**
	 * Takes out all that is left.
	 * @return the rest
	 */
	PendingRest end() {
		PendingRest rest = new PendingRest(this.live, this.base, this.deferred, this.waiting, copy(this.predecessors));
		this.waiting = null;
		this.predecessors.clear();
		return rest;
	}

	private static Map<String, @Nullable Instant> copy(Map<String, @Nullable Instant> map) {
		return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
	}

	/**
	 * Takes over what was pending of the same session before.
	 * @param earlier what was left of it
	 */
	void follow(PendingRest earlier) {
		this.writing = null;
		PendingBatch first = earlier.waiting();
		if (first != null) {
			this.waiting = (this.waiting != null) ? first.again(this.waiting) : first;
		}
		this.base = (this.base != null) ? this.base : earlier.base();
		this.deferred |= earlier.deferred();
		earlier.predecessors().forEach(this.predecessors::putIfAbsent);
		this.planned = false;
	}

	boolean isBackground() {
		return (this.writing != null || this.waiting != null) && isTouch(this.writing) && isTouch(this.waiting);
	}

	private static boolean isTouch(@Nullable PendingBatch batch) {
		return batch == null || (batch.callClass() == KvCallClass.TOUCH && !batch.accepted());
	}

	boolean hurry(KvCallClass callClass) {
		PendingBatch touch = this.writing;
		if (touch == null || touch.callClass() != KvCallClass.TOUCH) {
			return false;
		}
		this.writing = touch.as(callClass);
		return true;
	}

	/**
	 * What the write of a batch is for by now.
	 * @param begun the batch as it was when the write began
	 * @return what for
	 */
	KvCallClass urgency(PendingBatch begun) {
		return ((this.writing != null) ? this.writing : begun).callClass();
	}

	/**
	 * The changes that somebody was told to be saved.
	 * @return the changes, or {@code null} if there are none
	 */
	@Nullable SessionChange accepted() {
		return batches().filter(PendingBatch::accepted)
			.map(PendingBatch::change)
			.reduce(SessionChange::and)
			.orElse(null);
	}

	/**
	 * All changes on their way to KV.
	 * @return the changes, or {@code null} if there are none
	 */
	@Nullable SessionChange changes() {
		return batches().map(PendingBatch::change).reduce(SessionChange::and).orElse(null);
	}

	/**
	 * When somebody was told of a change that it is saved.
	 * @return nanoseconds, for each batch one, the earlier first
	 */
	Stream<Long> acceptedAt() {
		return batches().map(PendingBatch::acceptedAt).filter((at) -> at != null).map(Long.class::cast);
	}

	private Stream<PendingBatch> batches() {
		return Stream.of(this.writing, this.waiting).filter((batch) -> batch != null).map(PendingBatch.class::cast);
	}

}
