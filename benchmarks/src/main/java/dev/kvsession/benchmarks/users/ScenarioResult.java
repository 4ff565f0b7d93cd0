package dev.kvsession.benchmarks.users;

import dev.kvsession.benchmarks.Section;

/**
 * What a scenario came to.
 *
 * @param requests how many requests there were
 * @param waitedToRead how many waited for KV to read their session
 * @param waitedToSave how many waited for KV to acknowledge a change
 * @param failed how many ended in an exception
 * @param lost how many found no session although nobody had logged out
 * @param calls the calls to KV
 * @param lags how long it took until no instance took a session for valid that had ended
 * elsewhere, in nanoseconds, ascending
 */
record ScenarioResult(long requests, long waitedToRead, long waitedToSave, long failed, long lost, CallLedger calls,
		long[] lags) {

	double dollarsPerMillion() {
		return this.calls.dollars() * 1e6 / this.requests;
	}

	double percentWithoutReading() {
		return 100.0 * (this.requests - this.waitedToRead - this.failed) / this.requests;
	}

	double percentWithoutWaiting() {
		return 100.0 * (this.requests - this.waitedToRead - this.waitedToSave - this.failed) / this.requests;
	}

	String lag() {
		return seconds(0.5) + " / " + seconds(0.99) + " / " + seconds(1);
	}

	private String seconds(double share) {
		if (this.lags.length == 0) {
			return "–";
		}
		int index = (int) Math.min(this.lags.length - 1, share * this.lags.length);
		return Section.rounded(this.lags[index] / 1e9);
	}

}
