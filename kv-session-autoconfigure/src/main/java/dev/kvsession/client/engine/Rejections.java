package dev.kvsession.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBudgetException;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvException;
import dev.kvsession.client.engine.pace.Pace;
import dev.kvsession.client.engine.queue.CallKind;
import dev.kvsession.client.engine.queue.Item;
import dev.kvsession.client.engine.queue.Waiting;

/**
 * Rejects items that have waited too long for a call: a budget may be used up for
 * minutes. Guarded by the engine's lock. Times are nanoseconds.
 */
final class Rejections {

	/** Longest wait of unknown keys while guesses have used up their part. */
	private static final Duration UNKNOWN_IDS_WAIT = Duration.ofSeconds(2);

	/** Longest wait of an item for which a request waits: browsers wait no less. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

	private static final List<KvCallClass> WAITED_FOR = List.of(KvCallClass.LOGIN, KvCallClass.READ,
			KvCallClass.UNKNOWN_ID, KvCallClass.WRITE, KvCallClass.LOGIN_START, KvCallClass.ANONYMOUS);

	private final Waiting waiting;

	private final Pace pace;

	private final Settlement settlement;

	private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

	Rejections(Waiting waiting, Pace pace, Settlement settlement) {
		this.waiting = waiting;
		this.pace = pace;
		this.settlement = settlement;
	}

	void count(Reason reason) {
		this.counts.merge(reason, 1L, Long::sum);
	}

	/** Counts the items rejected since the start, by reason. */
	Map<String, Long> byReason() {
		return Arrays.stream(Reason.values())
			.collect(Collectors.toUnmodifiableMap((reason) -> reason.name().toLowerCase(Locale.ROOT),
					(reason) -> this.counts.getOrDefault(reason, 0L)));
	}

	void refuse(long now) {
		long strangersTurn = this.pace.earliestForUnknownIds(now);
		if (strangersTurn > now) {
			List<Item> late = late(CallKind.READ, KvCallClass.UNKNOWN_ID, now - UNKNOWN_IDS_WAIT.toNanos());
			reject(late, Reason.STRANGERS, () -> unknownIds(strangersTurn - now));
		}
		long latest = now - LONGEST_WAIT.toNanos();
		for (CallKind kind : CallKind.values()) {
			for (KvCallClass callClass : WAITED_FOR) {
				reject(late(kind, callClass, latest), Reason.WAITED_TOO_LONG, () -> waitedTooLong(now));
			}
		}
		for (Item item = this.waiting.oldestApart(); item != null
				&& item.since() <= latest; item = this.waiting.oldestApart()) {
			reject(List.of(item), Reason.WAITED_TOO_LONG, () -> waitedTooLong(now));
		}
	}

	private static KvException unknownIds(long wait) {
		return new KvBudgetException(
				"Too many unknown keys are being asked for; they have used up their part of "
						+ "cloudflare.kv.budget.calls. KV was not asked; try again later",
				Duration.ofNanos(wait).plus(UNKNOWN_IDS_WAIT), null);
	}

	private KvException waitedTooLong(long now) {
		String reason = (this.pace.left(now) < 0) ? "KV answers too slowly for the number of requests"
				: "cloudflare.kv.budget.calls is used up, or others use the same token";
		return new KvBudgetException(
				"No call to KV was possible for " + LONGEST_WAIT.toSeconds() + " s: " + reason + ". Try again later",
				LONGEST_WAIT, null);
	}

	private List<Item> late(CallKind kind, KvCallClass callClass, long latest) {
		List<Item> late = new ArrayList<>();
		Iterator<Item> oldest = this.waiting.ready(kind, callClass).iterator();
		for (Item item = next(oldest); item != null && item.since() <= latest; item = next(oldest)) {
			late.add(item);
		}
		return late;
	}

	private void reject(List<Item> items, Reason reason, Supplier<KvException> refusal) {
		if (!items.isEmpty()) {
			KvException failure = refusal.get();
			items.forEach((item) -> {
				count(reason);
				this.settlement.fail(item, failure);
			});
		}
	}

	/** When the next item will have waited too long; MAX_VALUE for none. */
	long next(long now) {
		Item apart = this.waiting.oldestApart();
		long next = (apart != null) ? apart.since() + LONGEST_WAIT.toNanos() : Long.MAX_VALUE;
		for (CallKind kind : CallKind.values()) {
			for (KvCallClass callClass : WAITED_FOR) {
				next = Math.min(next, after(kind, callClass, LONGEST_WAIT));
			}
		}
		boolean strangersWait = this.pace.earliestForUnknownIds(now) > now;
		return strangersWait ? Math.min(next, after(CallKind.READ, KvCallClass.UNKNOWN_ID, UNKNOWN_IDS_WAIT)) : next;
	}

	private long after(CallKind kind, KvCallClass callClass, Duration wait) {
		Item oldest = next(this.waiting.ready(kind, callClass).iterator());
		return (oldest != null) ? oldest.since() + wait.toNanos() : Long.MAX_VALUE;
	}

	private static @Nullable Item next(Iterator<Item> items) {
		return items.hasNext() ? items.next() : null;
	}

	enum Reason {

		QUEUE_FULL, WAITED_TOO_LONG, STRANGERS

	}

}
