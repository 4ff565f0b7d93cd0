package dev.kvsession.benchmarks.crash;

import dev.kvsession.benchmarks.Mode;
import dev.kvsession.benchmarks.Part;
import dev.kvsession.benchmarks.Section;

/**
 * What {@code kill -9} takes from 200 users who change their sessions, or the ids of
 * these, all the time.
 */
public final class CrashPart implements Part {

	private static final String CHANGES = "/change?value=";

	private static final String CHANGES_OF_ID = "/rotate?value=";

	/**
	 * Two seconds, and one call's time-out ({@code cloudflare.kv.read-timeout}).
	 */
	private static final double BOUND_SECONDS = 2 + 5;

	@Override
	public String name() {
		return "crash";
	}

	@Override
	public void run(Mode mode, Section section) throws Exception {
		section.text("An application in a JVM of its own is killed (`kill -9`) while 200 users send one change after"
				+ " another; KV takes 25 ms and stays up. Missing: acknowledged changes that KV does not have"
				+ " afterwards. Logged out: the id that the user was told last leads nowhere.");
		section.table("users do, write mode", "rounds", "acknowledged", "missing", "oldest missing, s", "logged out");
		CrashTotal coalesce = measure(mode, section, "changes, coalesce", CHANGES, "coalesce");
		CrashTotal sync = measure(mode, section, "changes, sync", CHANGES, "sync");
		CrashTotal ids = measure(mode, section, "changes of id, coalesce", CHANGES_OF_ID, "coalesce");
		section.check("`coalesce`: nothing older than two seconds and a call's time-out is lost",
				Section.rounded(coalesce.oldest()) + " s", coalesce.oldest() <= BOUND_SECONDS);
		section.check("`sync`: nothing is lost", sync.missing() + " of " + sync.acknowledged(), sync.missing() == 0);
		section.check("nobody is logged out", Long.toString(coalesce.loggedOut() + sync.loggedOut() + ids.loggedOut()),
				coalesce.loggedOut() + sync.loggedOut() + ids.loggedOut() == 0);
	}

	private static CrashTotal measure(Mode mode, Section section, String label, String page, String writeMode)
			throws Exception {
		CrashTotal total = new CrashTotal(0, 0, 0, 0);
		int rounds = mode.of(5, 2);
		for (int i = 0; i < rounds; i++) {
			// Not always at the same moment of the second in which writes wait.
			total = total.plus(CrashRound.run(page, writeMode, mode.of(6, 4) + i % 2));
		}
		section.row(label, rounds, total.acknowledged(), total.missing(), total.oldest(), total.loggedOut());
		return total;
	}

}
