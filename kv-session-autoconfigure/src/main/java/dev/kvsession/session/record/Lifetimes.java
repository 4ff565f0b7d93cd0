package dev.kvsession.session.record;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvLimits;
import dev.kvsession.session.settings.SessionExpiration;

/**
 * Computes when sessions end and how long KV keeps them; {@code maxLifetime} after
 * creation at the latest. Immutable.
 */
public record Lifetimes(SessionExpiration expiration, @Nullable Duration maxLifetime) {

	/** The latest time in a record: the last with a year of four digits. */
	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

	/**
	 * For how long KV's readers may not see a write: 60 seconds or more
	 * (developers.cloudflare.com/kv, "How KV works", read 2026-11).
	 */
	public static final Duration LONGEST_READER_LAG = Duration.ofMinutes(2);

	/**
	 * When a session ends, or {@code null} for never. An interval of zero or less means
	 * that idleness never ends it, as in the servlet specification.
	 */
	public @Nullable Instant expiresAt(Instant createdAt, Instant lastAccessedAt, Duration interval) {
		Instant idleEnd = null;
		if (endsWhenIdle(interval)) {
			idleEnd = plus((this.expiration == SessionExpiration.FIXED) ? createdAt : lastAccessedAt, interval);
		}
		Instant absoluteEnd = absoluteEnd(createdAt);
		return (idleEnd == null || (absoluteEnd != null && absoluteEnd.isBefore(idleEnd))) ? absoluteEnd : idleEnd;
	}

	private @Nullable Instant absoluteEnd(Instant createdAt) {
		return (this.maxLifetime != null) ? plus(createdAt, this.maxLifetime) : null;
	}

	/**
	 * How long KV is told to keep a record, in whole seconds and KV's bounds; {@code
	 * null} for always. A sliding session gets its whole interval, since its record may
	 * be written up to a touch interval after the last use.
	 */
	public @Nullable Duration timeToLive(Instant createdAt, @Nullable Instant expiresAt, Duration interval,
			Instant now) {
		if (expiresAt == null) {
			return endsWhenIdle(interval) ? withinKvLimits(interval) : null;
		}
		Duration life = Duration.between(now, expiresAt);
		if (this.expiration == SessionExpiration.SLIDING && endsWhenIdle(interval)) {
			Instant absoluteEnd = absoluteEnd(createdAt);
			life = (absoluteEnd != null) ? min(interval, Duration.between(now, absoluteEnd)) : interval;
		}
		return withinKvLimits(life);
	}

	public static boolean endsWhenIdle(Duration interval) {
		return !interval.isNegative() && !interval.isZero();
	}

	public static Duration withinKvLimits(Duration life) {
		long seconds = inSeconds(life).getSeconds();
		return Duration.ofSeconds(Math.min(Math.max(seconds, KvLimits.MIN_TTL.getSeconds()), Integer.MAX_VALUE));
	}

	/**
	 * Rounds up to whole seconds, so that a short interval does not become zero, which
	 * means always.
	 */
	public static Duration inSeconds(Duration interval) {
		return Duration.ofSeconds(interval.getSeconds() + ((interval.getNano() > 0) ? 1 : 0));
	}

	private static Duration min(Duration a, Duration b) {
		return (a.compareTo(b) <= 0) ? a : b;
	}

	/** Adds without overflow; an end beyond all records is as good as never. */
	private static @Nullable Instant plus(Instant start, Duration interval) {
		try {
			Instant end = start.plus(interval);
			return end.isAfter(LATEST) ? null : end;
		}
		catch (ArithmeticException | DateTimeException ex) {
			return null;
		}
	}

}
