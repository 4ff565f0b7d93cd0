package dev.kvsession.client.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.engine.pace.ClassShares;
import dev.kvsession.client.engine.pace.Pace;
import dev.kvsession.client.engine.queue.Batch;
import dev.kvsession.client.engine.queue.CallKind;
import dev.kvsession.client.engine.queue.Item;
import dev.kvsession.client.engine.queue.Room;
import dev.kvsession.client.engine.queue.Waiting;

/**
 * Chooses the next call: the priority class whose turn it is, and the other items that
 * fit in. Guarded by the engine's lock.
 */
final class Selection {

	private final Waiting waiting;

	private final Pace pace;

	private final ClassShares shares = new ClassShares();

	Selection(Waiting waiting, Pace pace) {
		this.waiting = waiting;
		this.pace = pace;
	}

	/** Takes the next call's items; {@code null} if no call may leave now. */
	@Nullable Batch next(long now) {
		Batch batch = null;
		if (mayLeave(KvCallClass.LOGIN, now)) {
			batch = take(KvCallClass.LOGIN, now);
		}
		if (batch == null) {
			batch = part(now);
		}
		for (KvCallClass callClass : this.shares.order()) {
			if (batch == null && mayLeave(callClass, now)) {
				batch = take(callClass, now);
			}
		}
		if (batch != null) {
			this.shares.served(batch.callClass());
		}
		return batch;
	}

	private boolean mayLeave(KvCallClass callClass, long now) {
		return dueAt(callClass, now) <= now && this.pace.earliest(callClass, now) <= now;
	}

	private @Nullable Batch part(long now) {
		for (KvCallClass best : KvCallClass.values()) {
			if (this.waiting.hasPart(best) && this.pace.earliest(best, now) <= now) {
				return batch(best, this.waiting.nextPart(best), now);
			}
		}
		return null;
	}

	private Batch take(KvCallClass callClass, long now) {
		CallKind kind = Arrays.stream(CallKind.values())
			.min(Comparator.comparingLong((candidate) -> dueAt(candidate, callClass, now)))
			.orElseThrow();
		boolean loginWaits = !this.waiting.ready(kind, KvCallClass.LOGIN).isEmpty();
		int mostWrites = this.pace.mostWrites();
		Room room = loginWaits ? Room.forLogins(kind, mostWrites) : Room.of(kind, mostWrites);
		if (callClass.isBackground()) {
			fillWithForeground(room, kind, now);
		}
		room.fill(this.waiting.ready(kind, callClass));
		for (KvCallClass other : KvCallClass.values()) {
			if (other != callClass && !isHeldBack(kind, other, now)) {
				room.fill(this.waiting.ready(kind, other));
			}
		}
		if (kind == CallKind.READ) {
			room.join(this.waiting.answeredBy(room.keys()));
		}
		return batch(callClass, room.items(), now);
	}

	private Batch batch(KvCallClass callClass, List<Item> items, long now) {
		this.waiting.take(items);
		return new Batch(items.get(0).kind(), callClass, items, now);
	}

	/*
	 * A background call carries requests' keys too, so that they need not wait for the
	 * next call. Half of the room stays: a flood of reads must not end all refreshing.
	 */
	private void fillWithForeground(Room room, CallKind kind, long now) {
		for (KvCallClass other : KvCallClass.values()) {
			if (!other.isBackground() && !isHeldBack(kind, other, now)) {
				room.fillHalf(this.waiting.ready(kind, other));
			}
		}
	}

	private boolean isHeldBack(CallKind kind, KvCallClass callClass, long now) {
		return isForStrangers(kind, callClass) && this.pace.earliestForUnknownIds(now) > now;
	}

	private static boolean isForStrangers(CallKind kind, KvCallClass callClass) {
		return kind == CallKind.READ && callClass == KvCallClass.UNKNOWN_ID;
	}

	private long dueAt(KvCallClass callClass, long now) {
		return Arrays.stream(CallKind.values())
			.mapToLong((kind) -> dueAt(kind, callClass, now))
			.min()
			.orElse(Long.MAX_VALUE);
	}

	private long dueAt(CallKind kind, KvCallClass callClass, long now) {
		long due = this.waiting.dueAt(kind, callClass);
		return (due != Long.MAX_VALUE && isForStrangers(kind, callClass))
				? Math.max(due, this.pace.earliestForUnknownIds(now)) : due;
	}

	/**
	 * When the next call may leave; MAX_VALUE if nothing is queued, or only an answer
	 * helps.
	 */
	long nextTurn(long now) {
		long next = Long.MAX_VALUE;
		for (KvCallClass callClass : KvCallClass.values()) {
			long due = this.waiting.hasPart(callClass) ? now : dueAt(callClass, now);
			if (due != Long.MAX_VALUE) {
				next = Math.min(next, Math.max(due, this.pace.earliest(callClass, now)));
			}
		}
		return next;
	}

}
