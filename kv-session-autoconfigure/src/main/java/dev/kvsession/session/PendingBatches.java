package dev.kvsession.session;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.engine.KvCallClass;

/**
 * What is being written of a session, and what waits to be written after it. Guarded by
 * the lock of {@link PendingSessions}.
 */
final class PendingBatches {

	private @Nullable PendingBatch writing;

	private @Nullable PendingBatch waiting;

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
	 * Lets a batch wait before what waits already.
	 * @param batch what was to be written
	 */
	void keep(PendingBatch batch) {
		this.waiting = (this.waiting != null) ? batch.again(this.waiting) : batch.again();
		this.writing = null;
	}

	/**
	 * Lets what was pending of the same session before wait, before what waits already.
	 * @param earlier what waited, or {@code null} if nothing did
	 */
	void follow(@Nullable PendingBatch earlier) {
		this.writing = null;
		if (earlier != null) {
			this.waiting = (this.waiting != null) ? earlier.again(this.waiting) : earlier;
		}
	}

	/**
	 * Begins to write what waits.
	 * @return the batch, or {@code null} if nothing waits
	 */
	@Nullable PendingBatch begin() {
		this.writing = this.waiting;
		this.waiting = null;
		return this.writing;
	}

	/**
	 * Ends the write.
	 * @return whether further changes wait
	 */
	boolean next() {
		this.writing = null;
		return this.waiting != null;
	}

	/**
	 * Takes out what waits.
	 * @return the batch, or {@code null} if nothing waits
	 */
	@Nullable PendingBatch take() {
		PendingBatch batch = this.waiting;
		this.waiting = null;
		return batch;
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
