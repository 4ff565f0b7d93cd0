package dev.kvsession.session.record;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvLimits;
import dev.kvsession.session.settings.SessionExpiration;

/**
 * Computes when sessions end and how long KV keeps them. Immutable.
 *
 * @param expiration what ends a session
 * @param maxLifetime the absolute end after creation, whatever the activity, or
 * {@code null} for none
 */
public record Lifetimes(SessionExpiration expiration, @Nullable Duration maxLifetime) {

	/**
	 * The latest time a record can tell: the last with a year of four digits.
	 */
	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

	/**
	 * For how long KV's readers may not see a write: 60 seconds or more
	 * (developers.cloudflare.com/kv, "How KV works", read 2026-11).
	 */
	public static final Duration LONGEST_READER_LAG = Duration.ofMinutes(2);

	/**
	 * When a session ends.
	 * @param createdAt when it was created
	 * @param lastAccessedAt when it was last used
	 * @param interval its max inactive interval; zero or negative means that idleness
	 * never ends it, as the servlet specification has it
	 * @return the end, or {@code null} for never
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
	 * How long KV is told to keep a record: in full seconds rounded up, within KV's
	 * bounds. A sliding session gets its whole interval and not what remains of it,
	 * because the record may be written up to a touch interval after it was last used.
	 * @param createdAt when the session was created
	 * @param expiresAt when it ends, or {@code null} for never
	 * @param interval its max inactive interval
	 * @param now the time of writing
	 * @return the lifetime, or {@code null} for ever
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

	/**
	 * Whether idleness ends a session with that interval.
	 * @param interval the max inactive interval
	 * @return whether it is positive
	 */
	public static boolean endsWhenIdle(Duration interval) {
		return !interval.isNegative() && !interval.isZero();
	}

	public static Duration withinKvLimits(Duration life) {
		long seconds = inSeconds(life).getSeconds();
		return Duration.ofSeconds(Math.min(Math.max(seconds, KvLimits.MIN_TTL.getSeconds()), Integer.MAX_VALUE));
	}

	/**
	 * Rounds up to the seconds that records know, so that a short interval does not
	 * become zero, which means for ever.
	 * @param interval the interval
	 * @return whole seconds, zero or negative if and only if the interval is
	 */
	public static Duration inSeconds(Duration interval) {
		return Duration.ofSeconds(interval.getSeconds() + ((interval.getNano() > 0) ? 1 : 0));
	}

	private static Duration min(Duration a, Duration b) {
		return (a.compareTo(b) <= 0) ? a : b;
	}

	/**
	 * Adds without overflow; an end that no record can tell is as good as never.
	 */
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
