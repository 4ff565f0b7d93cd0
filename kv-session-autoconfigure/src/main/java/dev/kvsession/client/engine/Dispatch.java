package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.engine.gate.Gate;
import dev.kvsession.client.engine.pace.Pace;
import dev.kvsession.client.engine.pace.RecentAnswers;
import dev.kvsession.client.engine.queue.Batch;
import dev.kvsession.client.engine.queue.CallKind;
import dev.kvsession.client.engine.queue.Item;
import dev.kvsession.client.engine.queue.Waiting;

/**
 * The engine's state and its step: after each event, fail what cannot be sent, send what
 * may leave, and compute the time of the next step. Guarded by the engine's lock; foreign
 * code is returned as effects, to run outside of it. Times are nanoseconds.
 */
final class Dispatch {

	private final List<Runnable> effects = new ArrayList<>();

	private final Waiting waiting = new Waiting();

	private final LongSupplier time;

	private final Gate gate;

	private final Pace pace;

	private final Selection selection;

	private final Settlement settlement;

	private final Rejections refusals;

	private final Wakeup wakeup;

	private final RecentAnswers recent = new RecentAnswers();

	Dispatch(Pace pace, KvRuntime runtime, Duration slowCall, LongSupplier time, Runnable wake) {
		this.pace = pace;
		this.time = time;
		this.gate = new Gate(runtime, slowCall);
		this.selection = new Selection(this.waiting, pace);
		this.settlement = new Settlement(this.waiting, this.gate, runtime.jitter(), this.effects);
		this.refusals = new Rejections(this.waiting, pace, this.settlement);
		this.wakeup = new Wakeup(runtime.scheduler(), wake);
	}

	Waiting waiting() {
		return this.waiting;
	}

	Gate gate() {
		return this.gate;
	}

	boolean isAvailable() {
		return this.gate.isOpen(this.time.getAsLong());
	}

	boolean isGuessedAt() {
		return this.recent.areMostlyMisses(this.time.getAsLong());
	}

	boolean isKeepingUp(Duration time) {
		long now = this.time.getAsLong();
		if (!this.recent.isServedWithin(time, now)) {
			return false;
		}
		long next = this.selection.nextTurn(now);
		return next == Long.MAX_VALUE || next - now <= time.toNanos();
	}

	void submit(Item item) {
		if (!this.waiting.hasRoomFor(item)) {
			int keys = this.waiting.keys(item.callClass());
			this.refusals.count(Rejections.Reason.QUEUE_FULL);
			this.effects.add(() -> item.fail(new KvUnavailableException(
					"Too many keys wait for KV (" + keys
							+ "). Nothing was sent; try again later, and see the engine's meters for what holds it up",
					null)));
			return;
		}
		this.waiting.add(item);
	}

	/**
	 * Ends a waiting item whose callers have all cancelled. One under way is not
	 * repeated.
	 */
	void withdrawn(Item item) {
		if (item.place().isWaiting() && item.isWithdrawn()) {
			this.waiting.end(item);
			this.effects.add(() -> item.fail(
					item.isSent() ? new KvUnknownOutcomeException("A write was withdrawn that had failed before", null)
							: new CancellationException()));
		}
	}

	/**
	 * Handles the end of a call. If that fails, its items fail, so that nobody waits for
	 * them forever.
	 */
	void ended(Sender.Ended call) {
		long now = this.time.getAsLong();
		this.pace.ended(call.batch(), found(call), call.limit(), now);
		try {
			handle(call, now);
		}
		catch (RuntimeException | Error ex) {
			this.settlement.lost(call.batch(), ex);
		}
	}

	private void handle(Sender.Ended call, long now) {
		Batch batch = call.batch();
		Throwable failure = call.failure();
		this.gate.ended(batch.kind(), failure);
		if (call.answer() != null) {
			this.recent.answered(batch, call.answer().found(), now);
		}
		if (batch.isProbe()) {
			this.gate.circuit().endProbe(batch, failure, now);
			if (failure != null) {
				this.gate.failed(batch.kind(), failure, now);
			}
			return;
		}
		this.gate.circuit().record(batch, failure, now);
		if (this.gate.circuit().doubts(batch, failure, now)) {
			this.waiting.add(doubt(now));
		}
		if (call.answer() != null) {
			this.settlement.answered(batch, call.answer(), now);
		}
		else if (failure != null) {
			this.settlement.failed(batch, failure, now);
		}
	}

	private static Item doubt(long now) {
		Item read = Item.read(Set.of(Batch.PROBE), KvCallClass.LOGIN, now);
		read.join(new CompletableFuture<>(), Batch.Answer::found);
		return read;
	}

	private static double found(Sender.Ended call) {
		if (!call.batch().hasStrangers()) {
			return 0;
		}
		return (call.answer() != null) ? call.batch().foundPart(call.answer().found()) : 1;
	}

	void rang() {
		this.wakeup.rang();
	}

	/** Takes the step. Returns what to do outside the lock, in this order. */
	List<Runnable> step(Consumer<Batch> sender) {
		long now = this.time.getAsLong();
		if (this.gate.unblock(now)) {
			this.pace.restart(now);
		}
		this.waiting.wake(now);
		refuse(now);
		this.refusals.refuse(now);
		send(sender, now);
		this.gate.announce(now, this.effects);
		if (!this.gate.isClosed() && !this.wakeup.by(nextStep(now), now)) {
			this.gate.close();
			refuse(now);
			this.gate.announce(now, this.effects);
		}
		List<Runnable> todo = List.copyOf(this.effects);
		this.effects.clear();
		return todo;
	}

	private void refuse(long now) {
		for (CallKind kind : CallKind.values()) {
			KvException refusal = (this.waiting.keys(kind) > 0) ? this.gate.refusal(kind, now) : null;
			if (refusal != null) {
				this.waiting.all(kind).forEach((item) -> this.settlement.fail(item, refusal));
			}
		}
	}

	private void send(Consumer<Batch> sender, long now) {
		if (this.gate.isOpen(now)) {
			for (Batch batch = this.selection.next(now); batch != null; batch = this.selection.next(now)) {
				send(batch, sender, now);
				if (this.gate.quotas().sent(batch.kind(), now)) {
					refuse(now);
				}
			}
		}
		else if (!this.gate.isClosed() && this.gate.probeAt() <= now
				&& this.pace.earliest(KvCallClass.LOGIN, now) <= now) {
			this.gate.circuit().beginProbe();
			send(Batch.probe(now), sender, now);
		}
	}

	private void send(Batch batch, Consumer<Batch> sender, long now) {
		this.pace.sent(batch, now);
		this.effects.add(() -> sender.accept(batch));
	}

	private long nextStep(long now) {
		long next = Math.min(this.waiting.nextWake(), this.gate.blockedUntil());
		if (this.gate.probeAt() != Long.MAX_VALUE) {
			next = Math.min(next, Math.max(this.gate.probeAt(), this.pace.earliest(KvCallClass.LOGIN, now)));
		}
		next = Math.min(next, this.refusals.next(now));
		return Math.min(next, this.selection.nextTurn(now));
	}

	void close() {
		this.gate.close();
		this.wakeup.cancel();
	}

	KvEngineStatus status(KvBudget budget) {
		long now = this.time.getAsLong();
		return new KvEngineStatus(this.gate.circuit().state(), this.gate.blockedFor(now), budget.calls(),
				this.pace.left(now), this.pace.underWay(),
				this.waiting.keys(CallKind.READ) + this.waiting.keys(CallKind.LIST),
				this.waiting.keys(CallKind.PUT) + this.waiting.keys(CallKind.DELETE), this.gate.quotas().stopped(now),
				this.refusals.byReason(), this.gate.lastFailure());
	}

}
