package dev.kvsession.session.record;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import dev.kvsession.client.KvDailyQuotaException;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvUnexpectedResponseException;
import dev.kvsession.client.support.Stages;

/** Tells transient failures from permanent ones. */
public final class TransientFailure {

	private static final Duration FIRST_DELAY = Duration.ofSeconds(2);

	private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

	/** After so many doublings the longest delay has been reached. */
	private static final int MAX_DOUBLINGS = 5;

	private TransientFailure() {
	}

	/** Whether a failure is transient. */
	public static boolean is(Throwable ex) {
		return ex instanceof KvException ofKv && ofKv.passesByItself();
	}

	/**
	 * Whether KV or the configuration is at fault and not the record, so that a write may
	 * succeed once that is corrected.
	 */
	public static boolean isNotOfTheRecord(Throwable ex) {
		return ex instanceof KvException ofKv && !ofKv.isOfRequest();
	}

	/**
	 * Treats a refused read before a write as an unexpected response, so that the write
	 * is retried and not dropped.
	 */
	public static <T> CompletionStage<T> ofTheRead(CompletionStage<T> read) {
		return read.exceptionally((ex) -> {
			Throwable failure = Stages.unwrap(ex);
			throw Stages.rethrowable((failure instanceof KvException ofKv && ofKv.isOfRequest())
					? new KvUnexpectedResponseException(String.valueOf(failure.getMessage()), failure) : failure);
		});
	}

	/**
	 * The delay before a call is repeated in the background: two seconds, doubled up to a
	 * minute; longer if KV has said so.
	 */
	public static Duration delay(int failures, Throwable ex) {
		Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
		Duration bounded = (delay.compareTo(LONGEST_DELAY) < 0) ? delay : LONGEST_DELAY;
		boolean named = ex instanceof KvRateLimitException || ex instanceof KvDailyQuotaException;
		Duration least = named ? ((KvException) ex).retryAfter() : bounded;
		return (least.compareTo(bounded) > 0) ? least : bounded;
	}

}
