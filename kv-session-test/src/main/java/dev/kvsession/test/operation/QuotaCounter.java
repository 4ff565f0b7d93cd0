package dev.kvsession.test.operation;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.store.Turn;

/** Counts what an account used on one day. Confined to the core's lock. */
final class QuotaCounter {

	private final Map<KvCallKind, Long> used = new HashMap<>();

	private @Nullable LocalDate day;

	/** Counts a call's keys, or refuses the whole call. */
	void spend(Operation operation, Turn turn) {
		LocalDate today = LocalDate.ofInstant(turn.now(), ZoneOffset.UTC);
		if (!today.equals(this.day)) {
			clear();
			this.day = today;
		}
		KvCallKind single = single(operation.kind());
		long keys = (single == KvCallKind.LIST) ? 1 : operation.keys().size();
		long spent = this.used.getOrDefault(single, 0L) + keys;
		if (spent > turn.settings().dailyQuota().of(single)) {
			throw ApiError.QUOTA_EXHAUSTED.refusal();
		}
		this.used.put(single, spent);
	}

	void clear() {
		this.used.clear();
	}

	private static KvCallKind single(KvCallKind kind) {
		return switch (kind) {
			case BULK_GET, METADATA -> KvCallKind.GET;
			case BULK_PUT -> KvCallKind.PUT;
			case BULK_DELETE -> KvCallKind.DELETE;
			default -> kind;
		};
	}

}
