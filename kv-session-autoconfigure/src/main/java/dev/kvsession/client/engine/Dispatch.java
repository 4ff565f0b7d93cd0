package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvUnavailableException;

/**
 * The engine's state and its one step: after whatever has happened, refuse what has no
 * chance, send what may leave, and see when to look again. Guarded by the engine's lock;
 * what is to be done outside of it is handed back.
 */
final class Dispatch {

	private final List<Runnable> effects = new ArrayList<>();

	private final Waiting waiting = new Waiting();

	private final LongSupplier time;

	private final Gate gate;

	private final Pace pace;

	private final Selection selection;

	private final Settlement settlement;

	private final Refusals refusals;

	private final Wakeup wakeup;

	private final Availability availability = new Availability();

	private final RefusedItems refused = new RefusedItems();

	private final CallTimes times = new CallTimes();

	private final Guesses guesses = new Guesses();

	private UnderWay underWay = UnderWay.NONE;

	Dispatch(Pace pace, KvRuntime runtime, Duration slowCall, LongSupplier time, Runnable wake) {
		this.pace = pace;
		this.time = time;
		this.gate = new Gate(runtime, slowCall);
		this.selection = new Selection(this.waiting, pace);
		this.settlement = new Settlement(this.waiting, this.gate, new Retries(runtime.jitter()), this.effects);
		this.refusals = new Refusals(this.waiting, pace, this.settlement, this.refused);
		this.wakeup = new Wakeup(runtime.scheduler(), wake);
	}

	Waiting waiting() {
		return this.waiting;
	}

	boolean isTokenAccepted() {
		return this.gate.isTokenAccepted();
	}

	boolean isAvailable() {
		return this.gate.isOpen(this.time.getAsLong());
	}

	boolean isGuessedAt() {
		return this.guesses.areMany(this.time.getAsLong());
	}

	/**
	 * Whether who waits does so only because many ask at once.
	 * @param time how long a call may take, and how long the next may have to wait
	 * @return whether KV serves calls in time, and the next leaves in time
	 */
	boolean isKeepingUp(Duration time) {
		long now = this.time.getAsLong();
		if (!this.times.isServedWithin(time, now)) {
			return false;
		}
		long next = this.selection.nextTurn(this.underWay, now);
		return next == Long.MAX_VALUE || next - now <= time.toNanos();
	}

	void awaitAvailable(CompletableFuture<Void> future) {
		this.availability.add(future);
	}

	void submit(Item item) {
		int keys = this.waiting.keys(item.callClass());
		if (keys + item.keys().size() > Patience.mostWaiting(item.callClass())) {
			this.refused.count(RefusedItems.Reason.QUEUE_FULL);
			this.effects.add(() -> item.fail(new KvUnavailableException(
					"Too many keys wait for KV (" + keys
							+ "). Nothing was sent; try again later, and see the engine's meters for what holds it up",
					null)));
			return;
		}
		this.waiting.add(item);
	}

	/**
	 * Forgets an item that nobody wants any more. One under way is only not repeated.
	 * @param item the item
	 */
	void withdrawn(Item item) {
		if (item.place().isWaiting() && item.isWithdrawn()) {
			this.waiting.end(item);
			this.effects.add(() -> item.fail(new CancellationException()));
		}
	}

	/**
	 * Takes over how a call ended. If that cannot be done, its items fail: they must not
	 * be waited for for ever.
	 * @param call the call
	 */
	void ended(EndedCall call) {
		UnderWay withThis = this.underWay;
		this.underWay = withThis.minus(call.batch());
		try {
			takeOver(call, withThis, this.time.getAsLong());
		}
		catch (RuntimeException | Error ex) {
			this.settlement.lost(call.batch(), ex);
		}
	}

	private void takeOver(EndedCall call, UnderWay withThis, long now) {
		if (call.limit() != null) {
			this.pace.observe(call.limit(), withThis, now);
		}
		Batch batch = call.batch();
		Throwable failure = call.failure();
		this.gate.answered(batch.kind(), failure);
		this.pace.answered(found(batch, call.answer()), now);
		long took = this.times.ended(batch, failure == null, now);
		if (batch.isProbe()) {
			this.gate.circuit().endProbe(took, failure, now);
			if (failure instanceof KvRateLimitException blocked) {
				this.gate.block().begin(blocked, now);
			}
			return;
		}
		this.gate.circuit().record(batch, took, failure, now);
		if (this.gate.circuit().doubts(batch, failure, now)) {
			this.waiting.add(ReadItem.probe(now));
		}
		if (call.answer() != null) {
			this.guesses.answered(batch, call.answer().found(), now);
			this.settlement.answered(batch, call.answer(), now);
		}
		else if (failure != null) {
			this.settlement.failed(batch, failure, now);
		}
	}

	private static double found(Batch batch, @Nullable BatchAnswer answer) {
		if (!batch.hasStrangers()) {
			return 0;
		}
		return (answer != null) ? batch.foundPart(answer.found()) : 1;
	}

	void rang() {
		this.wakeup.rang();
	}

	/**
	 * Takes the step.
	 * @param sender makes calls, outside the lock
	 * @return what to do outside the lock, in this order
	 */
	List<Runnable> step(Consumer<Batch> sender) {
		long now = this.time.getAsLong();
		if (this.gate.block().end(now)) {
			this.pace.restart(now);
		}
		this.waiting.wake(now);
		refuse(now);
		this.refusals.refuse(now);
		send(sender, now);
		this.availability.announce(this.gate, now, this.effects);
		if (!this.gate.isClosed() && !this.wakeup.by(nextStep(now), now)) {
			this.gate.close();
			refuse(now);
			this.availability.announce(this.gate, now, this.effects);
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
			for (Batch batch = next(now); batch != null; batch = next(now)) {
				send(batch, sender, now);
				if (this.gate.quotas().sent(batch.kind(), now)) {
					refuse(now);
				}
			}
		}
		else if (!this.gate.isClosed() && this.gate.probeAt() <= now
				&& this.pace.earliest(KvCallClass.LOGIN, this.underWay, now) <= now) {
			this.gate.circuit().beginProbe();
			Batch probe = Batch.probe();
			this.pace.sent(probe, now);
			send(probe, sender, now);
		}
	}

	private @Nullable Batch next(long now) {
		return this.selection.next(this.underWay, now);
	}

	private void send(Batch batch, Consumer<Batch> sender, long now) {
		this.underWay = this.underWay.plus(batch);
		this.times.sent(batch, now);
		this.effects.add(() -> sender.accept(batch));
	}

	private long nextStep(long now) {
		long next = Math.min(this.waiting.nextWake(), this.gate.block().endsAt());
		if (this.gate.probeAt() != Long.MAX_VALUE) {
			long probe = Math.max(this.gate.probeAt(), this.pace.earliest(KvCallClass.LOGIN, this.underWay, now));
			next = Math.min(next, probe);
		}
		next = Math.min(next, this.refusals.next(now));
		return Math.min(next, this.selection.nextTurn(this.underWay, now));
	}

	void close() {
		this.gate.close();
		this.wakeup.cancel();
	}

	KvEngineStatus status(KvBudget budget) {
		long now = this.time.getAsLong();
		return new KvEngineStatus(this.gate.circuit().status(), this.gate.block().remaining(now), budget.calls(),
				this.pace.left(now), this.underWay.all(), this.waiting.keys(CallKind.READ),
				this.waiting.keys(CallKind.PUT) + this.waiting.keys(CallKind.DELETE), this.gate.quotas().stopped(now),
				this.refused.byReason(), this.gate.failures().get());
	}

}
