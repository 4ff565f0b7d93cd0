package dev.kvsession.test.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvRateLimit;

/**
 * Counts the token's calls, and blocks it after too many. Confined to the core's lock.
 */
public final class CallLimiter {

	private final Deque<Instant> calls = new ArrayDeque<>();

	private @Nullable Instant blockedUntil;

	/** Counts a call, and tells whether it may pass. */
	public Admission admit(Instant now, KvRateLimit limit) {
		if (limit.calls() == 0) {
			return new Admission(true, Map.of());
		}
		if (this.blockedUntil != null && now.isBefore(this.blockedUntil)) {
			return refused(now, this.blockedUntil, limit);
		}
		if (this.blockedUntil != null) {
			clear();
		}
		forgetOld(now, limit);
		if (this.calls.size() >= limit.calls()) {
			this.blockedUntil = now.plus(limit.block());
			return refused(now, this.blockedUntil, limit);
		}
		this.calls.addLast(now);
		Instant reset = this.calls.getFirst().plus(limit.window());
		return new Admission(true, headers(limit, limit.calls() - this.calls.size(), seconds(now, reset)));
	}

	void clear() {
		this.calls.clear();
		this.blockedUntil = null;
	}

	private void forgetOld(Instant now, KvRateLimit limit) {
		while (!this.calls.isEmpty() && !this.calls.getFirst().plus(limit.window()).isAfter(now)) {
			if (limit.counting() == KvRateLimit.Counting.FIXED) {
				this.calls.clear();
			}
			else {
				this.calls.removeFirst();
			}
		}
	}

	private static Admission refused(Instant now, Instant until, KvRateLimit limit) {
		long seconds = seconds(now, until);
		Map<String, String> headers = headers(limit, 0, seconds);
		headers.put("retry-after", Long.toString(seconds));
		return new Admission(false, headers);
	}

	private static Map<String, String> headers(KvRateLimit limit, int remaining, long reset) {
		Map<String, String> headers = new HashMap<>();
		headers.put("ratelimit", "\"default\";r=" + remaining + ";t=" + reset);
		headers.put("ratelimit-policy", "\"default\";q=" + limit.calls() + ";w=" + limit.window().toSeconds());
		return headers;
	}

	private static long seconds(Instant from, Instant to) {
		Duration left = Duration.between(from, to);
		return left.plusSeconds(1).minusNanos(1).toSeconds();
	}

	/** Whether a call may pass, and the rate-limit headers of its answer. */
	public record Admission(boolean passes, Map<String, String> headers) {
	}

}
