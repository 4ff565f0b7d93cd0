package dev.kvsession.client.engine;

import java.util.List;

import dev.kvsession.client.KvAnswerTooLargeException;
import dev.kvsession.client.KvDailyQuotaException;
import dev.kvsession.client.KvForeignRefusalException;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.KvUnknownOutcomeException;

/**
 * Decides what becomes of a call's items once it has ended. Guarded by the engine's lock;
 * who asked is told later, outside of it.
 */
final class Settlement {

	private final Waiting waiting;

	private final Gate gate;

	private final Retries retries;

	private final List<Runnable> effects;

	Settlement(Waiting waiting, Gate gate, Retries retries, List<Runnable> effects) {
		this.waiting = waiting;
		this.gate = gate;
		this.retries = retries;
		this.effects = effects;
	}

	/**
	 * Takes an answer over.
	 * @param batch the call
	 * @param answer its answer
	 * @param now nanoseconds
	 */
	void answered(Batch batch, BatchAnswer answer, long now) {
		this.gate.quotas().answered(batch.kind());
		for (Item item : batch.items()) {
			if (item instanceof WriteItem write && answer.undone().contains(write.key())) {
				retry(item, Failures.undone(), now);
			}
			else {
				this.waiting.end(item);
				this.effects.add(() -> complete(item, answer));
			}
		}
	}

	private static void complete(Item item, BatchAnswer answer) {
		if (item instanceof ReadItem read) {
			read.complete(answer.found());
		}
		else if (item instanceof WriteItem write) {
			write.complete();
		}
	}

	/**
	 * Repeats, divides or fails a call's items.
	 * @param batch the call
	 * @param failure its failure
	 * @param now nanoseconds
	 */
	void failed(Batch batch, Throwable failure, long now) {
		stop(batch.kind(), failure, now);
		if (isOfTheWhole(batch.kind(), failure) && batch.items().size() > 1) {
			List<Item> wanted = batch.items().stream().filter((item) -> !item.isWithdrawn()).toList();
			batch.items().stream().filter(Item::isWithdrawn).forEach((item) -> fail(item, failure));
			this.waiting.split(wanted);
			return;
		}
		batch.items().forEach((item) -> retry(item, failure, now));
	}

	private static boolean isOfTheWhole(CallKind kind, Throwable failure) {
		return failure instanceof KvRequestRefusedException || failure instanceof KvForeignRefusalException
				|| (failure instanceof KvAnswerTooLargeException && kind == CallKind.READ);
	}

	private void stop(CallKind kind, Throwable failure, long now) {
		Throwable reason = (failure instanceof KvUnknownOutcomeException && failure.getCause() != null)
				? failure.getCause() : failure;
		if (reason instanceof KvRateLimitException blocked) {
			this.gate.block().begin(blocked, now);
		}
		else if (reason instanceof KvDailyQuotaException) {
			this.gate.quotas().usedUp(kind, now);
		}
	}

	private void retry(Item item, Throwable failure, long now) {
		if (failure instanceof KvUnknownOutcomeException) {
			item.openOutcome();
		}
		long wait = this.retries.after(item, failure);
		boolean wanted = !item.isWithdrawn() && this.gate.refusal(item.kind(), now) == null;
		if (wait != Retries.NEVER && wanted) {
			this.waiting.later(item, now + wait);
		}
		else {
			fail(item, failure);
		}
	}

	/**
	 * Fails what a call has left behind whose end could not be taken over.
	 * @param batch the call
	 * @param failure what went wrong
	 */
	void lost(Batch batch, Throwable failure) {
		batch.items()
			.stream()
			.filter((item) -> item.place() == Item.Place.UNDER_WAY)
			.forEach((item) -> fail(item, failure));
	}

	/**
	 * Fails an item.
	 * @param item the item, wherever it is
	 * @param failure the failure
	 */
	void fail(Item item, Throwable failure) {
		this.waiting.end(item);
		Throwable told = Failures.told(item, failure);
		this.effects.add(() -> item.fail(told));
	}

}
