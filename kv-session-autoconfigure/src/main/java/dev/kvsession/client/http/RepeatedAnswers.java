package dev.kvsession.client.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvUnknownOutcomeException;

/**
 * Detects an answer that arrives twice: Cloudflare gives each answer a name of its own,
 * the {@code CF-Ray} header. This is what protects a write from a repeated answer on an
 * HTTP client that does not show what follows an answer. Safe for concurrent use.
 */
final class RepeatedAnswers {

	static final String RAY = "cf-ray";

	private static final int KEPT = 1024;

	private final Set<String> seen = Collections.newSetFromMap(new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > KEPT;
		}

	});

	/**
	 * Checks that an answer is new.
	 * @param answer the answer
	 * @throws KvUnknownOutcomeException if it has arrived before
	 */
	synchronized void check(KvResponse answer) {
		String ray = answer.headers().get(RAY);
		if (ray != null && !this.seen.add(ray)) {
			throw ambiguous();
		}
	}

	static KvUnknownOutcomeException ambiguous() {
		return new KvUnknownOutcomeException("A KV call got two answers, and nothing says which is its own. Repeat "
				+ "it, and check what stands between the application and cloudflare.kv.base-url", null);
	}

}
