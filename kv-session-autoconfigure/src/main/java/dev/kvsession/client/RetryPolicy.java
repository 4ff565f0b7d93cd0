package dev.kvsession.client;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How often and when a failed call is repeated. Immutable.
 *
 * @param retries the number of repetitions after the first try
 * @param firstDelay the wait before the first repetition; doubles with each
 * @param maxDelay the longest wait
 */
record RetryPolicy(int retries, Duration firstDelay, Duration maxDelay) {

	/**
	 * As Cloudflare's own SDK does it: twice, after 0.5 s and 1 s, at most 8 s. Source:
	 * npm package cloudflare 7.3.0, client.js (read 2026-11).
	 */
	static final RetryPolicy DEFAULT = new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(8));

	/**
	 * Share of the wait that jitter may take off, so that many clients do not return at
	 * the same moment. Source: as {@link #DEFAULT}.
	 */
	private static final double JITTER = 0.25;

	RetryPolicy {
		Assert.isTrue(retries >= 0, "'retries' must not be negative");
	}

	/**
	 * Computes a wait.
	 * @param retry the repetition's number, from 0
	 * @param jitter from 0 (full wait) to 1 (a quarter less)
	 * @return the wait
	 */
	Duration delay(int retry, double jitter) {
		double doubled = this.firstDelay.toMillis() * Math.pow(2, retry);
		double millis = Math.min(doubled, this.maxDelay.toMillis());
		return Duration.ofMillis((long) (millis * (1 - JITTER * jitter)));
	}

}
