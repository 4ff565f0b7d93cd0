package dev.kvsession.simulation;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a sign-out of all of a user's sessions promises (P5): five minutes later none is
 * alive that had this user when it began. Confined to the seed's thread.
 */
final class SignOutRules {

	/** The last listing after 245 s, and its answer. */
	static final long LONGEST = 5 * Nanos.MINUTE;

	/** What KV has so long after a sign-out is listed in time. */
	private static final long IN_TIME = 180 * Nanos.SECOND;

	/** The last listing, and the ends that follow it. */
	private static final long LISTING = 250 * Nanos.SECOND;

	private final World world;

	private final Map<String, Long> entries;

	SignOutRules(World world, Map<String, Long> entries) {
		this.world = world;
		this.entries = entries;
	}

	/*
	 * Where calls are scarce nobody knows when the listing gets one.
	 */
	void checkMarked(SignedOut signOut) {
		long now = this.world.timeline().nanos();
		boolean late = this.world.weather().doneAt(signOut.at, LONGEST) > now;
		if (late || this.world.scenario().profile() == Profile.BUDGET) {
			return;
		}
		this.world.oracle()
			.ledgers()
			.stream()
			.filter((ledger) -> !ledger.isEnded() && ledger.goneAt == Long.MAX_VALUE)
			.filter((ledger) -> this.world.store().truth(Oracle.RECORD + ledger.id) != null)
			.forEach((ledger) -> checkEnded(signOut, ledger));
	}

	void checkEnded(SignedOut signOut, Ledger ledger) {
		if (isDue(signOut, ledger) && !isCutOff(signOut, ledger)) {
			throw new BrokenPromise("P5 " + ledger.id + " of " + signOut.name + " outlives the sign-out on "
					+ signOut.node.name() + " at " + signOut.at / Nanos.MILLI + " ms");
		}
	}

	/*
	 * It had this user when the sign-out began, and has had no other since.
	 */
	private boolean isDue(SignedOut signOut, Ledger ledger) {
		if (signOut.isKept(ledger)) {
			return false;
		}
		List<Change> logins = ledger.history(Names.ATTRIBUTE);
		String stored = PlainCodec
			.word(PlainCodec.INSTANCE.decode(this.world.store().truth(Oracle.RECORD + ledger.id).text())
				.attributes()
				.get(Names.ATTRIBUTE));
		Change last = logins.stream().filter((change) -> stored.equals(change.value)).findFirst().orElse(null);
		return last != null && last.calledAt <= signOut.at && Names.of(last.value).equals(signOut.name)
				&& logins.stream().noneMatch((change) -> change.calledAt > signOut.at || isOpen(change, last))
				&& isInTime(signOut, ledger);
	}

	private static boolean isOpen(Change change, Change last) {
		return change.stamp == null && !Names.of(change.value).equals(Names.of(last.value));
	}

	/*
	 * KV has got the entry in time: a login may have been accepted while KV was down.
	 */
	private boolean isInTime(SignedOut signOut, Ledger ledger) {
		return entryAt(signOut, ledger) <= signOut.at + IN_TIME
				|| ledger.before != null && isInTime(signOut, ledger.before);
	}

	private long entryAt(SignedOut signOut, Ledger ledger) {
		return this.world.plain()
			.entries(signOut.name, ledger.id)
			.stream()
			.mapToLong((key) -> this.entries.getOrDefault(key, Long.MAX_VALUE))
			.min()
			.getAsLong();
	}

	/*
	 * Who signed out stopped before the last listing, and the first one had not shown the
	 * session, or its end may not have reached KV.
	 */
	private boolean isCutOff(SignedOut signOut, Ledger ledger) {
		boolean stopped = signOut.node.downAt() < this.world.weather().doneAt(signOut.at, LISTING);
		boolean shown = entryAt(signOut, ledger) < signOut.at - Scenario.STALENESS.toNanos();
		return stopped && !(shown && signOut.complete && !signOut.node.wasTroubled(signOut.at));
	}

	/**
	 * A sign-out.
	 */
	static final class SignedOut {

		final Node node;

		final String name;

		final long at;

		/** The id of the session that stays, or {@code null}. */
		final Ledger kept;

		/** When the call returned. */
		long doneAt = Long.MAX_VALUE;

		/** Whether it returned normally. */
		boolean complete;

		SignedOut(Node node, String name, long at, Ledger kept) {
			this.node = node;
			this.name = name;
			this.at = at;
			this.kept = kept;
		}

		boolean isKept(Ledger ledger) {
			return this.kept != null && this.kept.root() == ledger.root();
		}

		/* Another instance has changed the id, and only the old one was given. */
		private boolean isUnknown() {
			return this.kept != null && this.kept.renames.keySet().stream().anyMatch((other) -> other != this.node);
		}

		boolean mayEnd(Ledger ledger) {
			return (!isKept(ledger) || isUnknown()) && ledger.history(Names.ATTRIBUTE)
				.stream()
				.map((change) -> change.value)
				.filter(Objects::nonNull)
				.anyMatch((value) -> Names.of(value).equals(this.name));
		}

	}

}
