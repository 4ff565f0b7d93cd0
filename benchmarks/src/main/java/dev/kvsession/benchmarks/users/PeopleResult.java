package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.kvsession.benchmarks.Section;

/**
 * What a scenario with people came to, after its warm-up.
 *
 * @param safe the safe requests
 * @param others all other requests
 * @param calls the calls of the whole run
 * @param measured the calls after the warm-up
 * @param blocked the reads that were refused because the token had used up its calls
 * @param afterEnd how long after the end of their session elsewhere requests were served
 * @param ends how many sessions ended elsewhere
 * @param failed how many requests ended in an exception, or were given up since so many
 * waited
 * @param failedBefore how many did in the warm-up, in which cold instances meet all users
 * @param lost how many sessions or changes were missing
 */
record PeopleResult(Waits safe, Waits others, CallLedger calls, CallLedger measured, long blocked,
		Waits.Samples afterEnd, long ends, long failed, long failedBefore, long lost) {

	Waits all() {
		return this.safe.and(this.others);
	}

	double dollarsPerMillion() {
		return this.measured.dollars() * 1e6 / all().requests();
	}

	/**
	 * Returns what a day costs per thousand users who are there at once.
	 * @param users how many there were
	 * @param measured how long
	 * @return dollars
	 */
	double dollarsPerThousandAndDay(int users, Duration measured) {
		double days = (double) measured.toNanos() / Duration.ofDays(1).toNanos();
		return this.measured.dollars() / days * 1000 / users;
	}

	String lag() {
		return seconds(0.5) + " / " + seconds(0.99);
	}

	private String seconds(double share) {
		return Section.rounded(this.afterEnd.at(share) / TimeUnit.SECONDS.toNanos(1));
	}

}
