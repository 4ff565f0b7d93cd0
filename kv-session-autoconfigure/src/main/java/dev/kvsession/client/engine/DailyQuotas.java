package dev.kvsession.client.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvDailyQuotaException;

/**
 * Kinds of calls whose daily quota is used up, until 00:00 UTC. Guarded by the engine's
 * lock.
 */
final class DailyQuotas {

	private static final Logger logger = LoggerFactory.getLogger(DailyQuotas.class);

	/**
	 * So soon after midnight the answer may still speak of the day before: it was on its
	 * way, or KV's clock is late. It must not cost the whole day.
	 */
	private static final Duration DOUBTFUL = Duration.ofMinutes(5);

	private final InstantSource clock;

	private final Map<CallKind, Long> until = new EnumMap<>(CallKind.class);

	DailyQuotas(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Stops a kind of calls for today.
	 * @param kind the kind
	 * @param now nanoseconds
	 */
	void usedUp(CallKind kind, long now) {
		ZonedDateTime utc = this.clock.instant().atZone(ZoneOffset.UTC);
		ZonedDateTime today = utc.toLocalDate().atStartOfDay(ZoneOffset.UTC);
		if (utc.isBefore(today.plus(DOUBTFUL))) {
			this.until.put(kind, now + DOUBTFUL.toNanos());
			return;
		}
		Duration left = Duration.between(utc, today.plusDays(1));
		if (this.until.put(kind, now + left.toNanos()) == null) {
			logger.error("The account's daily quota of KV {} is used up. None is sent until 00:00 UTC, in {} minutes. "
					+ "Change to a paid Workers plan", kind.plural(), left.toMinutes());
		}
	}

	/**
	 * Names the kinds that are stopped.
	 * @param now nanoseconds
	 * @return their names in the plural
	 */
	Set<String> stopped(long now) {
		return this.until.entrySet()
			.stream()
			.filter((entry) -> now < entry.getValue())
			.map((entry) -> entry.getKey().plural())
			.collect(Collectors.toUnmodifiableSet());
	}

	@Nullable KvDailyQuotaException refusal(CallKind kind, long now) {
		Long end = this.until.get(kind);
		if (end == null) {
			return null;
		}
		if (now >= end) {
			this.until.remove(kind);
			return null;
		}
		return new KvDailyQuotaException("The account's daily quota of KV " + kind.plural() + " is used up until 00:00 "
				+ "UTC. Nothing was sent. Change to a paid Workers plan", null);
	}

}
