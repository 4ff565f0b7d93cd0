package dev.kvsession.simulation;

import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;

/**
 * What a rush must not do (P10): keep a login waiting, or spend more than its part of the
 * calls on guesses. Confined to the seed's thread.
 */
final class BudgetRules {

	/** After so many intervals without a login what is kept for the next one is back. */
	private static final int QUIET_INTERVALS = 4;

	/** Far less than an interval. */
	private static final long AT_ONCE = 100 * Nanos.MILLI;

	/** The parts of the calls, as the engine has them. */
	private static final double BURST = 0.25;

	private static final double GUESSES = 0.2;

	/** Calls that may be under way when the guesses' part ends. */
	private static final int UNDER_WAY = 2;

	private static final String STRANGER = Oracle.RECORD + "stranger-";

	private final World world;

	private long lastLogin;

	private double guesses;

	BudgetRules(World world) {
		this.world = world;
	}

	void login(Ledger ledger) {
		long now = this.world.timeline().nanos();
		double quiet = QUIET_INTERVALS * this.world.scenario().refillInterval();
		if (this.world.scenario().isRush() && now - this.lastLogin > quiet) {
			ledger.promptFrom = now;
		}
		this.lastLogin = now;
	}

	void written(Ledger ledger, Call call) {
		this.lastLogin = Math.max(this.lastLogin, ledger.writes.isEmpty() ? call.sentAt : 0);
		if (ledger.writes.isEmpty() && call.sentAt - AT_ONCE > ledger.promptFrom) {
			throw new BrokenPromise("P10 the login of " + ledger.id + " waited "
					+ (call.sentAt - ledger.promptFrom) / Nanos.MILLI + " ms for a call");
		}
	}

	void arrived(KvCall seen) {
		if (seen.kind() != KvCallKind.BULK_GET || !this.world.scenario().isRush()) {
			return;
		}
		double strangers = seen.keys().stream().filter((key) -> key.startsWith(STRANGER)).count();
		this.guesses += strangers / seen.keys().size();
		double granted = GUESSES * (this.world.scenario().calls() * BURST
				+ this.world.timeline().nanos() / this.world.scenario().refillInterval());
		if (this.guesses > granted + UNDER_WAY) {
			throw new BrokenPromise("P10 guesses took %.1f calls, %.1f were theirs".formatted(this.guesses, granted));
		}
	}

}
