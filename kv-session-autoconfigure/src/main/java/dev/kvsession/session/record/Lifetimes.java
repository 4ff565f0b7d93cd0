package dev.kvsession.session.record;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvLimits;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.settings.SessionExpiration;
import dev.kvsession.session.settings.SessionSettings;

/**
 * Computes when sessions end and how long KV keeps them. Of several ends the earliest
 * counts. Immutable.
 *
 * @param expiration whether use postpones the end
 * @param maxLifetime the longest time from creation, or {@code null} for no limit
 * @param anonymousTimeout how long a session without a user may be idle, or {@code null}
 * if only its own interval counts
 */
public record Lifetimes(SessionExpiration expiration, @Nullable Duration maxLifetime,
		@Nullable Duration anonymousTimeout) {

	/** The latest time in a record: the last with a year of four digits. */
	private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

	/**
	 * For how long KV's readers may not see a write: 60 seconds or more
	 * (developers.cloudflare.com/kv, "How KV works", read 2026-11).
	 */
	public static final Duration LONGEST_READER_LAG = Duration.ofMinutes(2);

	/**
	 * Shorter, a login that another instance has overwritten without knowing it could end
	 * before second looks repair that, some five minutes later.
	 */
	private static final Duration SHORTEST_ANONYMOUS_TIMEOUT = Duration.ofMinutes(10);

	public static Lifetimes of(SessionSettings settings) {
		return new Lifetimes(settings.expiration, settings.maxLifetime, settings.anonymousTimeout);
	}

	public static boolean isAnonymousTimeout(@Nullable Duration timeout) {
		return timeout == null || timeout.compareTo(SHORTEST_ANONYMOUS_TIMEOUT) >= 0;
	}

	/** Whether a record says whose session it is. */
	public static boolean hasUser(SessionRecord record) {
		return !record.claims().isEmpty();
	}

	/**
	 * When a session ends, or {@code null} for never. An interval of zero or less means
	 * that idleness never ends it, as in the servlet specification.
	 */
	public @Nullable Instant expiresAt(Instant createdAt, Instant lastAccessedAt, Duration interval, boolean hasUser) {
		Duration own = (this.expiration == SessionExpiration.SLIDING) ? limit(interval) : null;
		Duration idle = lesser(own, idleTimeout(hasUser));
		return lesser((idle != null) ? plus(lastAccessedAt, idle) : null, fixedEnd(createdAt, interval));
	}

	/** The end that no use postpones, or {@code null} if there is none. */
	private @Nullable Instant fixedEnd(Instant createdAt, Duration interval) {
		Duration own = (this.expiration == SessionExpiration.FIXED) ? limit(interval) : null;
		Duration life = lesser(own, this.maxLifetime);
		return (life != null) ? plus(createdAt, life) : null;
	}

	/**
	 * How long a session may be idle whatever its own interval; {@code null} for no such
	 * limit.
	 */
	@Nullable Duration idleTimeout(boolean hasUser) {
		return hasUser ? null : this.anonymousTimeout;
	}

	/**
	 * How long KV is told to keep a record, in whole seconds and KV's bounds; {@code
	 * null} for always. What use postpones counts from now and not from the last use,
	 * since the record may be written up to a touch interval later.
	 */
	public @Nullable Duration timeToLive(SessionRecord record, Instant now) {
		Duration interval = record.maxInactiveInterval();
		Instant end = fixedEnd(record.createdAt(), interval);
		Duration life = lesser(lesser(limit(interval), idleTimeout(hasUser(record))),
				(end != null) ? Duration.between(now, end) : null);
		return (life != null) ? withinKvLimits(life) : null;
	}

	private static @Nullable Duration limit(Duration interval) {
		return endsWhenIdle(interval) ? interval : null;
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

	private static <T extends Comparable<T>> @Nullable T lesser(@Nullable T a, @Nullable T b) {
		return (a == null || (b != null && b.compareTo(a) < 0)) ? b : a;
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
