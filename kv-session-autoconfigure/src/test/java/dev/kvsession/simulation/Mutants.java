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
		return List.of(noLocalTombstone(), noGoneMarker(), noSecondLook(), noRevGuard(), noYoungRecordRule(),
				noReadBeforeWrite(), noMergeOnCoalesce(), deleteDoesNotWait(), partialFailureIgnored(),
				timeOutTakenAsSuccess(), burst(), keyTakenAsToken(), spacingFromSending(), ttlMissing(), noFlush(),
				noStaleIfError(), noGuaranteedParts(), memoryNotReturned(), endedBeforeToldSo(), nothingKept(),
				noMissBudget(), answersWithoutKeys(), equalValuesAreChanges(), comparedWithWhatWasRead(),
				changesUnderWayForgotten(), setDuringASaveForgotten(), idChangedBesideAnEnd(), oneMarkerForBoth(),
				learntEndLeavesTheRecord(), unsafeServedAtOnce(), knownForEver());
	}

	private static Mutant noLocalTombstone() {
		return Mutant.of("no local tombstone", Profile.LOGOUTS, "P5",
				new Patch("session.SessionMemory", "return this.ended.getIfPresent(id) != null;", "return false;"));
	}

	private static Mutant noGoneMarker() {
		return Mutant.of("no gone marker", Profile.LOGOUTS, "P5", new Patch("session.SessionEnds",
				"if (marker == null || end.isMarked()) {", "if (marker == null || !end.isMarked()) {"));
	}

	private static Mutant noSecondLook() {
		return Mutant.of("no second look", Profile.CLUSTER, "P4 P5", new Patch("session.SecondLooks",
				"if (this.plans.size() >= MAX_PENDING && !this.plans.contains(id)) {", "if (!id.isEmpty()) {"));
	}

	private static Mutant noRevGuard() {
		return Mutant.of("no rev guard", Profile.ALONE, "P4", new Patch("session.LiveSession",
				"if (newer && !RecordMerge.lacks(other.record(), held.record())) {", "if (other != null) {"));
	}

	private static Mutant noYoungRecordRule() {
		return Mutant.of("no young-record rule", Profile.ALONE, "P3 P4 P8",
				new Patch("session.SessionReads", "if (held != null && young) {", "if (false) {"));
	}

	private static Mutant noReadBeforeWrite() {
		return Mutant.of("no read before write", Profile.CLUSTER, "P4 P5", new Patch("session.SessionWrites",
				"held != null && held.freshness().isKnownWithin(RECENT, this.clock.millis())", "held != null"));
	}

	private static Mutant noMergeOnCoalesce() {
		return Mutant.of("no merge on coalesce", Profile.HOT, "P3 P4", new Patch("session.PendingBatch",
				"new PendingBatch(this.change.and(later), this.done", "new PendingBatch(later, this.done"));
	}

	private static Mutant deleteDoesNotWait() {
		return Mutant.of("delete does not wait for a PUT", Profile.LOGOUTS, "P5 P6",
				new Patch("session.SessionEnds", "this.lanes.enqueue(end.id(), () -> tell(end)).whenComplete(",
						"Stages.start(() -> tell(end)).whenComplete("));
	}

	private static Mutant spacingFromSending() {
		return Mutant.of("spacing counted from sending", Profile.HOT, "P6",
				new Patch("session.WriteLanes", "task.run();", """
						this.lanes.computeIfPresent(id, (key, lane) -> lane.beginPause());
						this.scheduler.schedule(() -> rested(id), SPACING);
						task.run();"""), new Patch("session.WriteLanes", "lane.ended().beginPause()", "lane.ended()"),
				new Patch("session.WriteLanes",
						"			this.scheduler.schedule(() -> rested(id), SPACING);\n		}",
						"			next(id);\n		}"));
	}

	private static Mutant noFlush() {
		return Mutant.of("no flush at shutdown", Profile.CRASHES, "P3 P4 P5", new Patch("session.SessionFlush",
				"int waiting = this.pending.getAsInt();", "int waiting = 0 * this.pending.getAsInt();"));
	}

	private static Mutant noStaleIfError() {
		return Mutant.of("no stale-if-error", Profile.OUTAGES, "P11",
				new Patch("session.StaleIfError", "Math.abs(ageMillis) < this.boundMillis", "Math.abs(ageMillis) < 0"));
	}

	private static Mutant partialFailureIgnored() {
		return Mutant.of("partial failure ignored", Profile.BUDGET, "P3",
				new Patch("client.engine.Settlement", "answer.undone().contains(item.key())", "item.key().isEmpty()"));
	}

	private static Mutant timeOutTakenAsSuccess() {
		return Mutant.of("time-out taken as success", Profile.ALONE, "P3 P5",
				new Patch("client.engine.Settlement", "		this.gate.failed(batch.kind(), failure, now);\n", """
							if (failure instanceof KvUnknownOutcomeException && batch.kind() != CallKind.READ) {
								answered(batch, Batch.Answer.ALL_DONE, now);
								return;
							}
						"""));
	}

	private static Mutant burst() {
		return Mutant.of("burst of 1,200", Profile.BUDGET, "P10",
				new Patch("client.engine.CallBucket", "BURST = 0.25;", "BURST = 1;"));
	}

	private static Mutant keyTakenAsToken() {
		return Mutant.of("per-key 429 taken as a block", Profile.HOT, "P6",
				new Patch("client.engine.Gate", "if (reason.kind() == KvException.Kind.RATE_LIMITED) {", """
						if (reason.kind() == KvException.Kind.KEY_CONFLICT) {
							block(Duration.ofMinutes(5), now);
						}
						if (reason.kind() == KvException.Kind.RATE_LIMITED) {"""));
	}

	private static Mutant ttlMissing() {
		return Mutant.of("TTL missing", Profile.ALONE, "P7", new Patch("session.SessionWrites",
				"new KvPair(this.keys.record(id), json, timeToLive)", "new KvPair(this.keys.record(id), json, null)"));
	}

	private static Mutant noGuaranteedParts() {
		return Mutant.of("no guaranteed parts", Profile.BUDGET, "P3 P10",
				new Patch("client.engine.ClassShares",
						"Comparator.comparingDouble(this::start).thenComparing(Comparator.naturalOrder())",
						"Comparator.naturalOrder()"));
	}

	private static Mutant memoryNotReturned() {
		return Mutant.of("memory for waiting changes not returned", Profile.HOT, "P11",
				new Patch("session.PendingLimit", "this.bytes -= session.weight();", "this.bytes -= 0;"));
	}

	private static Mutant endedBeforeToldSo() {
		return Mutant.of("logout acknowledged at once", Profile.LOGOUTS, "P5",
				new Patch("session.SessionEnds", "		if (this.kv.isAvailable()) {\n",
						"		end.told().complete(null);\n		if (this.kv.isAvailable()) {\n"));
	}

	private static Mutant nothingKept() {
		return Mutant.of("nothing kept for logins", Profile.BUDGET, "P10", new Patch("client.engine.CallBucket",
				"double floor = Math.max(1, this.capacity * KEPT);", "double floor = 0;"));
	}

	private static Mutant answersWithoutKeys() {
		return Mutant.of("answers are believed without their keys", Profile.CLUSTER, "P8 P9",
				new Patch("client.Answers", "values.size() != keys.size() || !keys.stream().allMatch(values::has)",
						"keys.isEmpty()"),
				new Patch("client.Answers", "found.put(entry.getKey(),", "found.put(keys.iterator().next(),"));
	}

	private static Mutant noMissBudget() {
		return Mutant.of("no budget for guesses", Profile.BUDGET, "P10",
				new Patch("client.engine.MissBudget", "PART = 0.2;", "PART = 100;"));
	}

	private static Mutant equalValuesAreChanges() {
		return Mutant.of("equal values are changes", Profile.CLUSTER, "P4", new Patch("session.AttributeSetting",
				"return cell != null && context.codec().isStored(name, value, cell.stored());", "return false;"));
	}

	private static Mutant comparedWithWhatWasRead() {
		return Mutant.of("an equal value compared with what the request read", Profile.CLUSTER, "P3 P4",
				new Patch("session.AttributeDelta", "known.settled() && !overwritten", "!overwritten"),
				new Patch("session.AttributeDelta", "new AttributeSetting(value, loadedFrom, known.cell(),",
						"new AttributeSetting(value, loadedFrom, this.state.cell(name),"),
				new Patch("session.AttributeSetting", "this.newest != this.loadedFrom && ", ""));
	}

	private static Mutant changesUnderWayForgotten() {
		return Mutant.of("changes under way taken for settled", Profile.HOT, "P3 P4", new Patch("session.NewestState",
				"change == null || Objects.equals(change.stored(), stored)", "!name.isEmpty()"));
	}

	private static Mutant setDuringASaveForgotten() {
		return Mutant.of("what is set during a save is forgotten", Profile.PEOPLE, "P3 P4", new Patch(
				"session.AttributeDelta",
				"since.entrySet().removeIf((entry) -> collected.changed().get(entry.getKey()) == entry.getValue());",
				"since.clear();"));
	}

	private static Mutant idChangedBesideAnEnd() {
		return Mutant.of("a change of id does not look for the old id's end", Profile.LOGOUTS, "P5", new Patch(
				"session.SessionWrites", "		if (recent == null) {\n			return newest(live",
				"		if (recent != null) {\n			return CompletableFuture.completedFuture(Optional.of(recent));\n"
						+ "		}\n		if (recent == null) {\n			return newest(live"),
				new Patch("session.SecondLooks", "return this.memory.successors().predecessors(id);",
						"return List.of();"));
	}

	private static Mutant oneMarkerForBoth() {
		return Mutant.of("one marker for deletes and changes of id", Profile.LOGOUTS, "P5",
				new Patch("session.SessionKeys", "\"-renamed:\"", "\"-gone:\""));
	}

	private static Mutant learntEndLeavesTheRecord() {
		return Mutant.of("a learnt end leaves the record", Profile.LOGOUTS, "P5", new Patch("session.SecondLooks",
				"		if (this.memory.isEndedElsewhere(id)\n", "		if (id.isEmpty()\n"));
	}

	private static Mutant unsafeServedAtOnce() {
		return Mutant.of("unsafe requests served at once", Profile.PEOPLE, "P5",
				new Patch("session.SessionOperations", "request != null && request.isSafe()", "(id != null)"));
	}

	private static Mutant knownForEver() {
		return Mutant.of("safe requests served whatever is known", Profile.PEOPLE, "P5",
				new Patch("session.RefreshAhead", "freshness.isConfirmedWithin(this.maxStalenessMillis, now)",
						"freshness != null"));
	}

}
