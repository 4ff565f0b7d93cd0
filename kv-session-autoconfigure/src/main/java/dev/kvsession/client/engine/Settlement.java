package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;
import dev.kvsession.client.UnansweredException;
import dev.kvsession.client.engine.gate.Gate;
import dev.kvsession.client.engine.queue.Batch;
import dev.kvsession.client.engine.queue.CallKind;
import dev.kvsession.client.engine.queue.Item;
import dev.kvsession.client.engine.queue.Waiting;

/**
 * Completes, repeats or divides the items of a call that has ended. Guarded by the
 * engine's lock; futures are completed outside of it. Times are nanoseconds.
 */
final class Settlement {

	/**
	 * As Cloudflare's own SDK does it: twice, after 0.5 s and 1 s, up to a quarter less.
	 * Source: npm package cloudflare 7.3.0, client.js (read 2026-11).
	 */
	private static final int MOST_RETRIES = 2;

	private static final Duration READ_RETRY = Duration.ofMillis(500);

	private static final double JITTER = 0.25;

	/**
	 * KV takes one write a second of a key, and a write that seems to have failed may
	 * have happened. Source: developers.cloudflare.com/kv/platform/limits (read 2026-11).
	 */
	private static final Duration WRITE_RETRY = Duration.ofSeconds(1);

	/**
	 * Enough for a few instances that write a key in turns; a hotter key is more than KV
	 * can serve.
	 */
	private static final int MOST_CONFLICTS = 4;

	private static final long NEVER = -1;

	private final Waiting waiting;

	private final Gate gate;

	private final DoubleSupplier jitter;

	private final List<Runnable> effects;

	Settlement(Waiting waiting, Gate gate, DoubleSupplier jitter, List<Runnable> effects) {
		this.waiting = waiting;
		this.gate = gate;
		this.jitter = jitter;
		this.effects = effects;
	}

	void answered(Batch batch, Batch.Answer answer, long now) {
		this.gate.quotas().answered(batch.kind());
		for (Item item : batch.items()) {
			// mutant: partial-failure
			if (!item.isRead() && answer.undone().contains(item.key())) {
				retry(item,
						new KvKeyRateLimitException(
								"KV reported a key of a bulk call as not written, as it does "
										+ "for a key that is written more than once a second. Write it again later",
								null),
						now);
			}
			else {
				complete(item, answer);
			}
		}
	}

	private void complete(Item item, Batch.Answer answer) {
		this.waiting.end(item);
		this.effects.add(() -> item.complete(answer));
	}

	void failed(Batch batch, Throwable failure, long now) {
		// mutant: time-out
		this.gate.failed(batch.kind(), failure, now);
		if (isOfWholeBatch(batch.kind(), failure) && batch.items().size() > 1) {
			batch.items().stream().filter(Item::isWithdrawn).forEach((item) -> fail(item, failure));
			this.waiting.split(batch.items().stream().filter((item) -> item.place() == Item.Place.UNDER_WAY).toList());
			return;
		}
		batch.items().forEach((item) -> retry(item, failure, now));
	}

	private static boolean isOfWholeBatch(CallKind kind, Throwable failure) {
		return failure instanceof KvException ofKv && switch (ofKv.kind()) {
			case REFUSED, FOREIGN -> true;
			case TOO_LARGE -> kind == CallKind.READ;
			default -> false;
		};
	}

	private void retry(Item item, Throwable failure, long now) {
		if (failure instanceof KvUnknownOutcomeException) {
			item.openOutcome();
		}
		long wait = wait(item, failure);
		boolean wanted = !item.isWithdrawn() && this.gate.refusal(item.kind(), now) == null;
		if (wait != NEVER && wanted) {
			this.waiting.later(item, now + wait);
		}
		else {
			fail(item, failure);
		}
	}

	/*
	 * A connection that is closed without an answer says nothing about KV the first time:
	 * servers close idle ones.
	 */
	private long wait(Item item, Throwable failure) {
		if (failure instanceof KvException ofKv && ofKv.reason().kind() == KvException.Kind.KEY_CONFLICT) {
			return (item.countConflict() <= MOST_CONFLICTS) ? longer(WRITE_RETRY.toNanos()) : NEVER;
		}
		if (failure.getCause() instanceof UnansweredException && !item.isRepeatedAtOnce()) {
			item.repeatAtOnce();
			return 0;
		}
		int failures = item.countFailure();
		boolean mayPass = failure instanceof KvUnavailableException || failure instanceof KvUnknownOutcomeException;
		if (!mayPass || failures > MOST_RETRIES) {
			return NEVER;
		}
		long doubled = 1L << (failures - 1);
		return item.isRead() ? shorter(READ_RETRY.toNanos() * doubled) : longer(WRITE_RETRY.toNanos() * doubled);
	}

	private long longer(long nanos) {
		return (long) (nanos * (1 + JITTER * this.jitter.getAsDouble()));
	}

	private long shorter(long nanos) {
		return (long) (nanos * (1 - JITTER * this.jitter.getAsDouble()));
	}

	/** Fails the items of a call whose end could not be handled. */
	void lost(Batch batch, Throwable failure) {
		batch.items()
			.stream()
			.filter((item) -> item.place() == Item.Place.UNDER_WAY)
			.forEach((item) -> fail(item, failure));
	}

	void fail(Item item, Throwable failure) {
		this.waiting.end(item);
		Throwable translated = translate(item, failure);
		this.effects.add(() -> item.fail(translated));
	}

	/*
	 * A read cannot have an unknown outcome. A write whose answer was once lost has one,
	 * whatever its repetitions brought.
	 */
	private static Throwable translate(Item item, Throwable failure) {
		boolean unknown = failure instanceof KvUnknownOutcomeException;
		if (item.isRead()) {
			return unknown ? new KvUnavailableException("A KV read had no answer. KV is not available; try again later",
					failure.getCause()) : failure;
		}
		if (!item.isOutcomeOpen() || unknown || !(failure instanceof KvException)) {
			return failure;
		}
		return new KvUnknownOutcomeException("A KV " + item.kind().one() + " may or may not have happened: an answer "
				+ "was lost, and the last try failed (see cause). Repeat it once the cause is gone", failure);
	}

}
