package dev.kvsession.simulation;

import java.util.List;

import dev.kvsession.simulation.Mutant.Patch;

/**
 * The mistakes that the simulation must find. Adjust a row when the code it replaces has
 * changed its form; drop none.
 */
final class Mutants {

	private Mutants() {
	}

	static List<Mutant> all() {
		return List.of(noLocalTombstone(), noRevGuard(), noYoungRecordRule(), ttlMissing());
	}

	private static Mutant noLocalTombstone() {
		return Mutant.of("no local tombstone", Profile.LOGOUTS, "P5",
				new Patch("session.SessionMemory", "return this.tombstones.contains(id);", "return false;"));
	}

	private static Mutant noRevGuard() {
		return Mutant.of("no rev guard", Profile.ALONE, "P4", new Patch("session.LiveSession",
				"if (read.record().rev().compareTo(this.snapshot.record().rev()) > 0) {", "if (read != null) {"));
	}

	private static Mutant noYoungRecordRule() {
		return Mutant.of("no young-record rule", Profile.ALONE, "P8",
				new Patch("session.SessionReads", "if (held != null && young) {", "if (held != null && !young) {"));
	}

	private static Mutant ttlMissing() {
		return Mutant.of("TTL missing", Profile.ALONE, "P7", new Patch("session.SessionWrites",
				"new KvPair(this.keys.record(id), json, timeToLive)", "new KvPair(this.keys.record(id), json, null)"));
	}

}
