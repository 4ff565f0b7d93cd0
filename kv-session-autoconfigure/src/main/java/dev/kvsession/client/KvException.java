package dev.kvsession.client;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A KV call that failed. Its {@link #kind() kind} and its methods tell what the failure
 * means; the subclasses serve catch clauses. No message contains a token, a key or a
 * value.
 */
public abstract class KvException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Retry-after when KV has named no time: long enough for a short disturbance. */
	private static final Duration SOON = Duration.ofSeconds(5);

	private static final Set<Kind> PASSING = EnumSet.of(Kind.UNAVAILABLE, Kind.UNKNOWN, Kind.RATE_LIMITED, Kind.BUDGET,
			Kind.KEY_CONFLICT, Kind.DAILY_QUOTA);

	private static final Set<Kind> OUTAGE = EnumSet.of(Kind.UNAVAILABLE, Kind.UNKNOWN, Kind.UNEXPECTED, Kind.FOREIGN);

	private final Kind kind;

	public KvException(Kind kind, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	/**
	 * Returns what kind of failure this is.
	 * @return the kind
	 */
	public final Kind kind() {
		return this.kind;
	}

	/**
	 * Returns KV's last answer to a write of which an earlier answer was lost.
	 * @return the cause if it is a failed call as well, else this
	 */
	public final KvException reason() {
		return (getCause() instanceof KvException cause) ? cause : this;
	}

	/**
	 * Whether the same call may succeed later with nothing changed.
	 * @return whether it may
	 */
	public final boolean passesByItself() {
		return PASSING.contains(this.kind);
	}

	/**
	 * Whether KV or an intermediary does not work.
	 * @return whether it counts towards an outage
	 */
	public final boolean isOutage() {
		return OUTAGE.contains(this.kind);
	}

	/**
	 * Whether KV refuses the token, the account or the namespace: all calls fail until
	 * the configuration is corrected.
	 * @return whether it does
	 */
	public final boolean isOfConfiguration() {
		return this.kind == Kind.UNAUTHORIZED || this.kind == Kind.MISCONFIGURED;
	}

	/**
	 * Whether KV refuses this request for what it contains. Other requests may succeed.
	 * @return whether it does
	 */
	public final boolean isOfRequest() {
		return this.kind == Kind.REFUSED;
	}

	/**
	 * Whether somebody has to correct the configuration or the request.
	 * @return whether the same call fails until then
	 */
	public final boolean needsCorrection() {
		return isOfConfiguration() || isOfRequest();
	}

	/**
	 * Returns how long to wait before the same call may succeed.
	 * @return the time KV has named, else five seconds; counted from the failure
	 */
	public Duration retryAfter() {
		return SOON;
	}

	/** Kinds of failures. Each needs another reaction. */
	public enum Kind {

		/** KV did not serve the call. */
		UNAVAILABLE,

		/** The answer was lost; the write may have happened. */
		UNKNOWN,

		/** The token has no calls left. */
		RATE_LIMITED,

		/** This instance's share of the token's calls is used up. */
		BUDGET,

		/** A key was written twice within a second. */
		KEY_CONFLICT,

		/** The account's quota for the day is used up. */
		DAILY_QUOTA,

		/** The token is wrong, or lacks a permission. */
		UNAUTHORIZED,

		/** The account or the namespace is wrong. */
		MISCONFIGURED,

		/** KV does not accept the request. */
		REFUSED,

		/** The answer is not one that KV gives. */
		UNEXPECTED,

		/** A proxy or firewall refused the request. */
		FOREIGN,

		/** The answer is longer than the transport accepts. */
		TOO_LARGE

	}

}
