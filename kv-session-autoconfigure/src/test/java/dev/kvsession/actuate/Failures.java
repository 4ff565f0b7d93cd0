package dev.kvsession.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import dev.kvsession.client.KvAuthorizationException;
import dev.kvsession.client.KvConfigurationException;
import dev.kvsession.client.KvDailyQuotaException;
import dev.kvsession.client.KvForeignRefusalException;
import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnexpectedResponseException;
import dev.kvsession.client.KvUnknownOutcomeException;

/**
 * One failure of each kind, and the outcome it is shown as.
 */
public final class Failures {

	private Failures() {
	}

	/**
	 * All failures but a lost answer: KV did not do what was asked.
	 */
	static List<Throwable> refused() {
		return outcomes().keySet()
			.stream()
			.filter((failure) -> !(failure instanceof KvUnknownOutcomeException))
			.toList();
	}

	public static Map<Throwable, String> outcomes() {
		Map<Throwable, String> outcomes = new LinkedHashMap<>();
		outcomes.put(new KvRateLimitException("throttled", Duration.ofMinutes(5), null), "rate_limited");
		outcomes.put(new KvKeyRateLimitException("twice", null), "key_conflict");
		outcomes.put(new KvDailyQuotaException("quota", null), "daily_quota");
		outcomes.put(new KvAuthorizationException("token", null), "unauthorized");
		outcomes.put(new KvConfigurationException("account", null), "misconfigured");
		outcomes.put(new KvConfigurationException("namespace", null), "misconfigured");
		outcomes.put(new KvRequestRefusedException("too large", null), "refused");
		outcomes.put(new KvUnexpectedResponseException("a page", null), "unexpected");
		outcomes.put(new KvForeignRefusalException("a proxy", null), "unexpected");
		outcomes.put(new KvUnavailableException("down", null), "unavailable");
		outcomes.put(new KvUnknownOutcomeException("lost", null), "unknown");
		outcomes.put(new CancellationException("cancelled"), "failed");
		return outcomes;
	}

}
