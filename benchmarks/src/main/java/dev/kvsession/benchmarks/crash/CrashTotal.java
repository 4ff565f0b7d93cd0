package dev.kvsession.benchmarks.crash;

/**
 * What several rounds have lost.
 *
 * @param acknowledged how many changes were acknowledged
 * @param missing how many of them KV does not have
 * @param oldest how many seconds before the crash the oldest of these was acknowledged
 * @param loggedOut how many users have no session any more
 */
record CrashTotal(long acknowledged, long missing, double oldest, long loggedOut) {

	CrashTotal plus(CrashRound round) {
		return new CrashTotal(this.acknowledged + round.changes(), this.missing + round.missing(),
				Math.max(this.oldest, round.oldest()), this.loggedOut + round.loggedOut());
	}

}
