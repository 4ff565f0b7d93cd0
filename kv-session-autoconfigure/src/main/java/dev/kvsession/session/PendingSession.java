package dev.kvsession.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.engine.KvCallClass;
import dev.kvsession.codec.SessionRecord;

/**
 * A session with changes that are being written or wait for it. Confined to the lock of
 * {@link PendingChanges}.
 */
final class PendingSession {

	final LiveSession live;

	/**
	 * What the first record is made of; {@code null} if KV has a record.
	 */
	@Nullable SessionRecord base;

	/**
	 * Ids to be ended once KV has the record, with the latest time at which they end by
	 * themselves.
	 */
	final Map<String, @Nullable Instant> predecessors = new LinkedHashMap<>();

	@Nullable PendingBatch writing;

	@Nullable PendingBatch waiting;

	/**
	 * Whether a turn in the lane, or a repetition, will come.
	 */
	boolean planned;

	boolean repeated;

	/**
	 * How often writing has failed since it last succeeded.
	 */
	int failures;

	/**
	 * Whether KV could not take what waits, so that time has passed since.
	 */
	boolean deferred;

	/**
	 * The memory reserved, in bytes.
	 */
	long weight;

	PendingSession(LiveSession live) {
		this.live = live;
	}

	/**
	 * Begins a session that KV has never heard of.
	 * @param id its id
	 * @param base its first record, without attributes
	 * @param nowMillis the time
	 * @return the session
	 */
	static PendingSession created(String id, SessionRecord base, long nowMillis) {
		PendingSession pending = new PendingSession(
				new LiveSession(id, new Snapshot(base, 0, Map.of(), null), nowMillis));
		pending.base = base;
		return pending;
	}

	String id() {
		return this.live.id();
	}

	/**
	 * Takes over what was pending of the same session before.
	 * @param earlier the session, as it was removed
	 */
	void follow(PendingSession earlier) {
		PendingBatch first = earlier.waiting;
		if (first != null) {
			this.waiting = (this.waiting != null) ? first.again(this.waiting) : first;
		}
		this.base = (this.base != null) ? this.base : earlier.base;
		this.deferred |= earlier.deferred;
		earlier.predecessors.forEach(this.predecessors::putIfAbsent);
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
	 * The changes that somebody was told to be saved.
	 * @return the changes, or {@code null} if there are none
	 */
	@Nullable SessionChange accepted() {
		SessionChange first = accepted(this.writing);
		SessionChange second = accepted(this.waiting);
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		return first.and(second);
	}

	/**
	 * The changes on their way to KV that nobody was told to be saved.
	 * @return the changes, or {@code null} if there are none
	 */
	@Nullable SessionChange unaccepted() {
		SessionChange first = (this.writing != null && !this.writing.accepted()) ? this.writing.change() : null;
		SessionChange second = (this.waiting != null && !this.waiting.accepted()) ? this.waiting.change() : null;
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		return first.and(second);
	}

	private static @Nullable SessionChange accepted(@Nullable PendingBatch batch) {
		return (batch != null && batch.accepted()) ? batch.change() : null;
	}

}
