package dev.kvsession.client.rest;

import java.time.Duration;

/**
 * Lifetimes as KV takes them.
 */
final class TtlSeconds {

	private TtlSeconds() {
	}

	/**
	 * Rounds up: a pair must not end before what it stands for.
	 * @param timeToLive the lifetime
	 * @return whole seconds
	 */
	static long of(Duration timeToLive) {
		return timeToLive.toSeconds() + ((timeToLive.toNanosPart() > 0) ? 1 : 0);
	}

}
