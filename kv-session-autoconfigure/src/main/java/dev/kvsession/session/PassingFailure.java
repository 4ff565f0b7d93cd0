package dev.kvsession.session;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import dev.kvsession.client.KvAccountException;
import dev.kvsession.client.KvAuthorizationException;
import dev.kvsession.client.KvDailyQuotaException;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvNamespaceNotFoundException;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.KvUnexpectedResponseException;

/**
 * Tells failures that pass by themselves from those that somebody has to do something
 * about.
 */
final class PassingFailure {

	private static final Duration FIRST_DELAY = Duration.ofSeconds(2);

	private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

	/** After so many doublings the longest delay has been reached. */
	private static final int MAX_DOUBLINGS = 5;

	private PassingFailure() {
	}

	/**
	 * Whether the same call may succeed later without anybody doing anything.
	 * @param ex what it failed with
	 * @return whether it may
	 */
	static boolean is(Throwable ex) {
		return isNotOfTheRecord(ex) && !(ex instanceof KvAuthorizationException)
				&& !(ex instanceof KvNamespaceNotFoundException) && !(ex instanceof KvAccountException)
				&& !(ex instanceof KvUnexpectedResponseException);
	}

	/**
	 * Whether the fault lies with KV or the settings and not with what was to be written,
	 * so that repeating it is of use once that is put right.
	 * @param ex what a write failed with
	 * @return whether it is
	 */
	static boolean isNotOfTheRecord(Throwable ex) {
		return ex instanceof KvException && !(ex instanceof KvRequestRefusedException);
	}

	/**
	 * A read that is refused says nothing against the record that is to be written after
	 * it; for who waits to write, it is an answer like a proxy's.
	 * @param <T> what is read
	 * @param read a read on behalf of a write
	 * @return the read, never failing as refused
	 */
	static <T> CompletionStage<T> ofTheRead(CompletionStage<T> read) {
		return read.exceptionally((ex) -> {
			Throwable failure = Stages.unwrap(ex);
			throw Stages.rethrowable((failure instanceof KvRequestRefusedException)
					? new KvUnexpectedResponseException(String.valueOf(failure.getMessage()), failure) : failure);
		});
	}

	/**
	 * How long to wait before a failed call is repeated in the background.
	 * @param failures how often it has failed
	 * @param ex what it failed with
	 * @return two seconds, doubled up to a minute; longer if KV has said so
	 */
	static Duration delay(int failures, Throwable ex) {
		Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
		Duration bounded = (delay.compareTo(LONGEST_DELAY) < 0) ? delay : LONGEST_DELAY;
		if (ex instanceof KvRateLimitException || ex instanceof KvDailyQuotaException) {
			Duration told = ((KvException) ex).retryAfter();
			return (told.compareTo(bounded) > 0) ? told : bounded;
		}
		return bounded;
	}

}
