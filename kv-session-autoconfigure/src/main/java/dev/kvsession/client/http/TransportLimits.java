package dev.kvsession.client.http;

import java.time.Duration;

import org.springframework.util.Assert;

import dev.kvsession.client.KvAnswerTooLargeException;

/**
 * Bounds of an HTTP transport. Immutable.
 *
 * @param threads the greatest number of calls at a time, at least 1
 * @param queue the greatest number of calls that wait, at least 1; more fail at once
 * @param deadline the longest time from a call to the end of its answer, waiting included
 * @param maxResponseBytes the longest answer read, in bytes
 */
public record TransportLimits(int threads, int queue, Duration deadline, int maxResponseBytes) {

	/**
	 * For one namespace behind one token: 8 threads, 256 waiting calls, 15 seconds, and
	 * 64 MiB, in which the largest value (25 MiB) fits also when escaped as JSON.
	 */
	public static final TransportLimits DEFAULT = new TransportLimits(8, 256, Duration.ofSeconds(15), 64 * 1024 * 1024);

	/**
	 * Creates limits.
	 * @throws IllegalArgumentException if one is not positive
	 */
	public TransportLimits {
		Assert.isTrue(threads > 0, "'threads' must be positive");
		Assert.isTrue(queue > 0, "'queue' must be positive");
		Assert.isTrue(deadline.compareTo(Duration.ZERO) > 0, "'deadline' must be positive");
		Assert.isTrue(maxResponseBytes > 0, "'maxResponseBytes' must be positive");
	}

	KvAnswerTooLargeException exceeded() {
		return new KvAnswerTooLargeException("KV answered with more than " + this.maxResponseBytes
				+ " bytes. Check cloudflare.kv.base-url, or read fewer keys at once", null);
	}

	/**
	 * Copies these limits with another deadline.
	 * @param deadline the deadline
	 * @return the copy
	 */
	public TransportLimits withDeadline(Duration deadline) {
		return new TransportLimits(this.threads, this.queue, deadline, this.maxResponseBytes);
	}

}
