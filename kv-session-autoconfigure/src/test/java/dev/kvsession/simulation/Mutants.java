package dev.kvsession.simulation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mistakes that the simulation must find. When you rewrite a marked line, move its
 * mark to the line that now does the same; drop none.
 */
final class Mutants {

	private Mutants() {
	}

	static List<Mutant> all() {
		return Stream.of(ofSessions(), ofTheIndex(), ofProtections()).flatMap(List::stream).toList();
	}

	private static List<Mutant> ofSessions() {
		return List.of(Mutant.of("no local tombstone", Profile.LOGOUTS, "P5", returns("tombstone", "false")),
				Mutant.of("no gone marker", Profile.LOGOUTS, "P5", always("gone-marker")),
				Mutant.of("no second look", Profile.CLUSTER, "P4 P5", always("second-look")),
				Mutant.of("no rev guard", Profile.ALONE, "P4", always("rev-guard")),
				Mutant.of("no young-record rule", Profile.ALONE, "P3 P4 P8", never("young-record")),
				Mutant.of("no read before write", Profile.CLUSTER, "P4 P5",
						replaced("read-before-write", "held != null && .*", "held != null")),
				Mutant.of("no merge on coalesce", Profile.HOT, "P3 P4",
						replaced("coalesce", "[\\w.]+\\.and\\(later\\)", "later")),
				Mutant.of("delete does not wait for a PUT", Profile.LOGOUTS, "P5 P6",
						replaced("end-waits", "this\\.queues\\.enqueue\\(.*?, ", "Stages.start(")),
				Mutant.of("partial failure ignored", Profile.BUDGET, "P3", never("partial-failure")),
				timeOutTakenAsSuccess(), Mutant.of("burst of 1,200", Profile.BUDGET, "P10", assigns("burst", "1")),
				keyTakenAsToken(), spacingFromSending(),
				Mutant.of("TTL missing", Profile.ALONE, "P7", replaced("ttl", "timeToLive", "null")),
				Mutant.of("no flush at shutdown", Profile.CRASHES, "P3 P4 P5", assigns("flush", "0")),
				Mutant.of("no stale-if-error", Profile.OUTAGES, "P11", returns("stale-if-error", "false")),
				Mutant.of("no guaranteed parts", Profile.BUDGET, "P3 P10",
						replaced("shares", "sorted\\(.*\\)", "sorted(Comparator.naturalOrder())")),
				Mutant.of("memory for waiting changes not returned", Profile.HOT, "P11", line("weight", "")),
				Mutant.of("logout acknowledged at once", Profile.LOGOUTS, "P5",
						before("logout-waits", "end.outcome.complete(null);")),
				Mutant.of("nothing kept for logins", Profile.BUDGET, "P10", assigns("kept", "0")),
				Mutant.of("no budget for guesses", Profile.BUDGET, "P10", assigns("miss-budget", "100")),
				answersWithoutKeys(),
				Mutant.of("equal values are changes", Profile.CLUSTER, "P4", returns("equal-value", "false")),
				comparedWithWhatWasRead(), changesUnderWayForgotten(),
				Mutant.of("what is set during a save is forgotten", Profile.PEOPLE, "P3 P4",
						line("set-during-save", "since.clear();")),
				idChangedBesideAnEnd(),
				Mutant.of("one marker for deletes and changes of id", Profile.LOGOUTS, "P5",
						replaced("rename-marker", "-renamed:", "-gone:")),
				Mutant.of("a learnt end leaves the record", Profile.LOGOUTS, "P5",
						replaced("learnt-end", "if \\(.*", "if (id.isEmpty()")),
				Mutant.of("unsafe requests served at once", Profile.PEOPLE, "P5",
						replaced("unsafe", "request != null && request\\.isSafe\\(\\)", "true")),
				Mutant.of("safe requests served whatever is known", Profile.PEOPLE, "P5",
						returns("known-for-ever", "this.enabled")));
	}

	private static List<Mutant> ofTheIndex() {
		return List.of(
				Mutant.of("entry without lifetime", Profile.ALONE, "P7",
						replaced("entry-ttl", "written\\.timeToLive\\(\\)", "null")),
				Mutant.of("a sign-out lists once", Profile.LOGOUTS, "P5",
						replaced("one-listing", "first\\[0\\]", "false")),
				Mutant.of("a login dated by the session's beginning", Profile.PEOPLE, "P3 P5 P8",
						assigns("since", "session.getCreationTime()")),
				Mutant.of("a sign-out ends later logins", Profile.CLUSTER, "P3 P5 P8",
						assigns("sign-out-time", "true")),
				Mutant.of("entry kept at a logout", Profile.LOGOUTS, "P5",
						returns("entry-at-logout", "List.of(this.keys.record(id))")),
				Mutant.of("entry lost at a change of id", Profile.LOGOUTS, "P4",
						replaced("entry-at-change-of-id", "state\\.record\\(\\)", withoutIndexes("state.record()"))));
	}

	private static List<Mutant> ofProtections() {
		return List.of(Mutant.of("records are not bound to their keys", Profile.ALONE, "P12",
				replaced("bound-record-1", ", key\\)", ", \"\")"), replaced("bound-record-2", ", key\\)", ", \"\")")),
				Mutant.of("a marker shows the id", Profile.LOGOUTS, "P12",
						replaced("hashed-marker", "this\\.names\\.apply\\(id\\)", "id")),
				Mutant.of("read refuses what write writes", Profile.CLUSTER, "P8",
						replaced("read-mode", "mode != null", "mode != null && mode != ProtectionMode.READ")),
				Mutant.of("a young signed id counts as unknown", Profile.CLUSTER, "P8",
						replaced("young-id", "newest == null &&", "false &&")),
				Mutant.of("a logout keeps the entry of another key", Profile.LOGOUTS, "P5",
						replaced("old-entry-names", "entries\\.addAll\\((.*)\\)\\)", "entries.add($1.get(0)))")),
				Mutant.of("a search by the first key alone", Profile.CLUSTER, "P4 P5",
						replaced("old-names", "\\.iterator\\(\\)", ".subList(0, 1).iterator()")));
	}

	private static String withoutIndexes(String record) {
		return Stream
			.of("rev", "createdAt", "lastAccessedAt", "expiresAt", "maxInactiveInterval", "maxInactiveIntervalAt",
					"claims", "attributes", "removed", "unknown")
			.map((part) -> record + "." + part + "()")
			.collect(Collectors.joining(", ", "new dev.kvsession.codec.SessionRecord(", ", null)"));
	}

	private static Mutant timeOutTakenAsSuccess() {
		return Mutant.of("time-out taken as success", Profile.ALONE, "P3 P5", before("time-out", """
				if (failure instanceof KvUnknownOutcomeException && batch.kind() != CallKind.READ) {
					answered(batch, Batch.Answer.ALL_DONE, now);
					return;
				}
				"""));
	}

	private static Mutant keyTakenAsToken() {
		return Mutant.of("per-key 429 taken as a block", Profile.HOT, "P6", before("key-429", """
				if (reason.kind() == KvException.Kind.KEY_CONFLICT) {
					block(Duration.ofMinutes(5), now);
				}
				"""));
	}

	private static Mutant spacingFromSending() {
		return Mutant.of("spacing counted from sending", Profile.HOT, "P6", before("spacing-1", """
				this.queues.computeIfPresent(id, (key, queue) -> queue.beginPause(false));
				this.scheduler.schedule(() -> rested(id), SPACING);
				"""), replaced("spacing-2", "\\.beginPause\\(failure != null\\)", ""), line("spacing-3", "next(id);"));
	}

	private static Mutant answersWithoutKeys() {
		return Mutant.of("answers are believed without their keys", Profile.CLUSTER, "P8 P9", never("answer-keys-1"),
				replaced("answer-keys-2", "entry\\.getKey\\(\\)", "keys.iterator().next()"));
	}

	private static Mutant comparedWithWhatWasRead() {
		return Mutant.of("an equal value compared with what the request read", Profile.CLUSTER, "P3 P4",
				replaced("newest-1", "known\\.cell\\(\\), known\\.settled\\(\\) && ", "this.state.cell(name), "),
				replaced("newest-2", "this\\.newest != this\\.loadedFrom && ", ""));
	}

	private static Mutant changesUnderWayForgotten() {
		return Mutant.of("changes under way taken for settled", Profile.HOT, "P3 P4",
				replaced("under-way", "sure && .*", "sure,"));
	}

	private static Mutant idChangedBesideAnEnd() {
		return Mutant.of("a change of id does not look for the old id's end", Profile.LOGOUTS, "P5",
				before("old-id-1",
						"if (recent != null) { return CompletableFuture.completedFuture(Optional.of(recent)); }"),
				returns("old-id-2", "List.of()"));
	}

	/* Lets the condition of an "if" always hold. */
	private static Mutant.Change always(String mark) {
		return replaced(mark, "if \\((.*)\\) \\{", "if (($1) || true) {");
	}

	/* Lets the condition of an "if" never hold. */
	private static Mutant.Change never(String mark) {
		return replaced(mark, "if \\((.*)\\) \\{", "if (($1) && false) {");
	}

	/* Returns something else. */
	private static Mutant.Change returns(String mark, String value) {
		return replaced(mark, "return .*;", Matcher.quoteReplacement("return " + value + ";"));
	}

	/* Assigns something else. */
	private static Mutant.Change assigns(String mark, String value) {
		return replaced(mark, "= .*;", Matcher.quoteReplacement("= " + value + ";"));
	}

	/* Puts other code in place of the line. */
	private static Mutant.Change line(String mark, String code) {
		return new Mutant.Change(mark, (line) -> code);
	}

	/* Puts code before the line. */
	private static Mutant.Change before(String mark, String code) {
		return new Mutant.Change(mark, (line) -> code + line);
	}

	/* Replaces the one part of the line that matches. */
	private static Mutant.Change replaced(String mark, String pattern, String replacement) {
		return new Mutant.Change(mark, (line) -> {
			Matcher matcher = Pattern.compile(pattern).matcher(line);
			if (!matcher.find()) {
				throw new AssertionError("The mutant no longer applies: the line marked '" + mark + "' must match "
						+ pattern + ", and is " + line.strip());
			}
			return matcher.replaceFirst(replacement);
		});
	}

}
