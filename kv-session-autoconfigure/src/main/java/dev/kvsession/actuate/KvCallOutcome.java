package dev.kvsession.actuate;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvAccountException;
import dev.kvsession.client.KvAuthorizationException;
import dev.kvsession.client.KvDailyQuotaException;
import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.client.KvNamespaceNotFoundException;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnexpectedResponseException;
import dev.kvsession.client.KvUnknownOutcomeException;

/**
 * How a call to KV ended, as an operator tells failures apart: each asks for something
 * else to be done.
 */
enum KvCallOutcome {

	/** KV answered, be it that there is no such key. */
	SUCCESS,

	/** The token has no calls left. */
	RATE_LIMITED(KvRateLimitException.class),

	/** One key was written twice within a second. */
	KEY_CONFLICT(KvKeyRateLimitException.class),

	/** The free plan's day is used up. */
	DAILY_QUOTA(KvDailyQuotaException.class),

	/** The token is wrong, or may not do this. */
	UNAUTHORIZED(KvAuthorizationException.class),

	/** Account or namespace are wrong. */
	MISCONFIGURED(KvAccountException.class, KvNamespaceNotFoundException.class),

	/** KV does not take what was sent. */
	REFUSED(KvRequestRefusedException.class),

	/** Something else than KV answered. */
	UNEXPECTED(KvUnexpectedResponseException.class),

	/** KV did not serve the call. */
	UNAVAILABLE(KvUnavailableException.class),

	/** The answer was lost; what was asked may have happened. */
	UNKNOWN(KvUnknownOutcomeException.class),

	/** Anything else, a cancelled call for one. */
	FAILED;

	private final List<Class<? extends Throwable>> failures;

	@SafeVarargs
	@SuppressWarnings("varargs")
	KvCallOutcome(Class<? extends Throwable>... failures) {
		this.failures = List.of(failures);
	}

	static KvCallOutcome of(@Nullable Throwable failure) {
		if (failure == null) {
			return SUCCESS;
		}
		Throwable cause = unwrap(failure);
		for (KvCallOutcome outcome : values()) {
			if (outcome.failures.stream().anyMatch((type) -> type.isInstance(cause))) {
				return outcome;
			}
		}
		return FAILED;
	}

	static Throwable unwrap(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

	/**
	 * Whether KV may have done what was asked, and so charges for it. Cloudflare does not
	 * say what it charges for calls it refuses; a call that never reached the store is
	 * taken for free.
	 * @return whether the call counts as one that is paid
	 */
	boolean isPaid() {
		return this == SUCCESS || this == UNKNOWN;
	}

	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
