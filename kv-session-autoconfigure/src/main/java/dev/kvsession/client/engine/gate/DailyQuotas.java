package dev.kvsession.client.engine.gate;

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
import dev.kvsession.client.engine.queue.CallKind;

/**
 * Kinds of calls whose daily quota is used up, until 00:00 UTC. Guarded by the engine's
 * lock. Times are nanoseconds.
 */
public final class DailyQuotas {

	private static final Logger logger = LoggerFactory.getLogger(DailyQuotas.class);

	/**
	 * Right after midnight an answer may still be about the day before, since KV's clock
	 * or the answer is late. It must not stop a kind of calls for the whole day.
	 */
	private static final Duration DOUBTFUL = Duration.ofMinutes(5);

	private final InstantSource clock;

	/**
	 * How often one call tests whether the quota is available again: our clock may be
	 * minutes ahead of KV's, and take today's quota for tomorrow's.
	 */
	private static final Duration TRIAL = Duration.ofHours(1);

	private final Map<CallKind, Silence> silences = new EnumMap<>(CallKind.class);

	DailyQuotas(InstantSource clock) {
		this.clock = clock;
	}

	/** Stops a kind of calls for today, except one an hour. */
	void usedUp(CallKind kind, long now) {
		ZonedDateTime utc = this.clock.instant().atZone(ZoneOffset.UTC);
		ZonedDateTime today = utc.toLocalDate().atStartOfDay(ZoneOffset.UTC);
		boolean doubtful = utc.isBefore(today.plus(DOUBTFUL));
		Duration left = doubtful ? DOUBTFUL : Duration.between(utc, today.plusDays(1));
		Silence before = this.silences.get(kind);
		boolean said = before != null && before.said();
		this.silences.put(kind, new Silence(now + left.toNanos(), now + TRIAL.toNanos(), false, said || !doubtful));
		if (!said && !doubtful) {
			logger.error("The account's daily quota of KV {} is used up. None is sent until 00:00 UTC, in {} minutes, "
					+ "but one an hour. Change to a paid Workers plan", kind.plural(), left.toMinutes());
		}
	}

	/** Notes a call; returns whether it is the one of this hour that tests the quota. */
	public boolean sent(CallKind kind, long now) {
		return this.silences.computeIfPresent(kind, (key, silence) -> silence.tried(now + TRIAL.toNanos())) != null;
	}

	/**
	 * Notes that KV served a call. If it tested the quota, the quota is available again.
	 */
	public void answered(CallKind kind) {
		Silence silence = this.silences.get(kind);
		if (silence != null && silence.tried()) {
			this.silences.remove(kind);
			logger.info("KV takes {} again", kind.plural());
		}
	}

	/** The stopped kinds' names in the plural. */
	public Set<String> stopped(long now) {
		return this.silences.entrySet()
			.stream()
			.filter((entry) -> now < entry.getValue().until())
			.map((entry) -> entry.getKey().plural())
			.collect(Collectors.toUnmodifiableSet());
	}

	@Nullable KvDailyQuotaException refusal(CallKind kind, long now) {
		Silence silence = this.silences.get(kind);
		if (silence != null && now >= silence.until()) {
			this.silences.remove(kind);
			return null;
		}
		if (silence == null || now >= silence.tryAt()) {
			return null;
		}
		return new KvDailyQuotaException("The account's daily quota of KV " + kind.plural() + " is used up until 00:00 "
				+ "UTC. Nothing was sent. Change to a paid Workers plan", null);
	}

	/** Until when a kind of calls is not sent, except a trial call at {@code tryAt}. */
	private record Silence(long until, long tryAt, boolean tried, boolean said) {

		Silence tried(long next) {
			return new Silence(this.until, next, true, this.said);
		}

	}

}
