package dev.kvsession.simulation;

import java.util.SplittableRandom;

/**
 * Somebody with a cookie, or a thief who has copied it. Confined to the seed's thread.
 */
final class User {

	/** One request in so many logs in as another user, or signs out everywhere. */
	private static final int ACTS_ON_USERS = 20;

	private final Scenario scenario;

	private final User victim;

	private final Anomalies anomalies;

	final int home;

	/** Several users have the same one. */
	final String name;

	String cookie;

	/**
	 * Creates a user.
	 * @param scenario what the seed is about
	 * @param victim whose cookie it copies now and then, or {@code null} for an honest
	 * one
	 * @param home the instance it sticks to, if users stick
	 * @param anomalies counts
	 */
	User(Scenario scenario, User victim, int home, Anomalies anomalies) {
		this.scenario = scenario;
		this.victim = victim;
		this.home = home;
		this.name = Names.ALL.get(home % Names.ALL.size());
		this.anomalies = anomalies;
	}

	boolean isThief() {
		return this.victim != null;
	}

	void refused(Ledger ledger) {
		boolean settled = ledger.isEnded() || ledger.uncertain || ledger.condemned || ledger.signedOut;
		if (ledger.id.equals(this.cookie) && settled) {
			this.cookie = isThief() ? this.victim.cookie : null;
		}
	}

	void renamed(Ledger old, Ledger renamed) {
		if (old.id.equals(this.cookie)) {
			this.cookie = renamed.id;
		}
	}

	void loggedOut(Ledger ledger) {
		if (ledger.id.equals(this.cookie)) {
			this.cookie = null;
		}
	}

	Action choose(SplittableRandom random) {
		if (isThief()) {
			this.anomalies.add(Anomaly.STOLEN);
			return (random.nextInt(3) == 0) ? Action.USE : Action.CHANGE;
		}
		if (this.scenario.isRush()) {
			return (random.nextInt(2) == 0) ? Action.CHANGE : Action.USE;
		}
		if (this.scenario.indexed() && random.nextInt(ACTS_ON_USERS) == 0) {
			Action[] acts = { Action.SWITCH, Action.SWITCH, Action.SIGN_OUT, Action.SIGN_OUT_OTHERS };
			return acts[random.nextInt(acts.length)];
		}
		boolean ending = this.scenario.profile() == Profile.LOGOUTS;
		int dice = random.nextInt(100);
		if (dice < (ending ? 10 : 3)) {
			return Action.LOGOUT;
		}
		if (dice < (ending ? 20 : 6)) {
			return Action.RENAME;
		}
		return (dice < 60 || this.scenario.profile() == Profile.HOT) ? Action.CHANGE : Action.USE;
	}

	/**
	 * What a request does.
	 */
	enum Action {

		/** Reads. */
		USE,

		/** Sets and removes attributes. */
		CHANGE,

		/** Changes the session's id. */
		RENAME,

		/** Ends the session. */
		LOGOUT,

		/** Logs in as another user in the same session. */
		SWITCH,

		/** Ends all sessions of the user. */
		SIGN_OUT,

		/** Ends all others. */
		SIGN_OUT_OTHERS

	}

}
