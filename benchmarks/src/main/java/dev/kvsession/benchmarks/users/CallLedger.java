package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvCallLog;
import dev.kvsession.test.kv.KvCallKind;

/**
 * What the calls that reached KV came to.
 *
 * @param calls how many there were
 * @param refused how many were answered with status 429
 * @param mostInWindow the most in any five minutes
 * @param keysRead how many keys were read, those that were absent too
 * @param keysWritten how many keys were written or deleted
 */
record CallLedger(int calls, int refused, int mostInWindow, long keysRead, long keysWritten) {

	/**
	 * Dollars per million keys read. Source:
	 * developers.cloudflare.com/kv/platform/pricing (read 2026-11), beyond what is
	 * included.
	 */
	private static final double READ_PRICE = 0.50;

	/**
	 * Dollars per million keys written, deleted or listed. Same source.
	 */
	private static final double WRITE_PRICE = 5;

	private static final Set<KvCallKind> READS = Set.of(KvCallKind.GET, KvCallKind.BULK_GET, KvCallKind.METADATA);

	private static final Duration WINDOW = Duration.ofMinutes(5);

	private static final int TOO_MANY_REQUESTS = 429;

	static CallLedger of(List<KvCall> calls) {
		if (calls.size() >= KvCallLog.CAPACITY) {
			throw new IllegalStateException("There were more calls than the log keeps");
		}
		int refused = 0;
		int most = 0;
		long read = 0;
		long written = 0;
		Deque<Instant> window = new ArrayDeque<>();
		for (KvCall call : calls) {
			while (!window.isEmpty() && !window.getFirst().plus(WINDOW).isAfter(call.at())) {
				window.removeFirst();
			}
			window.addLast(call.at());
			most = Math.max(most, window.size());
			refused += (call.status() == TOO_MANY_REQUESTS) ? 1 : 0;
			int keys = Math.max(1, call.keys().size());
			if (READS.contains(call.kind())) {
				read += keys;
			}
			else {
				written += keys;
			}
		}
		return new CallLedger(calls.size(), refused, most, read, written);
	}

	double dollars() {
		return (this.keysRead * READ_PRICE + this.keysWritten * WRITE_PRICE) / 1e6;
	}

}
