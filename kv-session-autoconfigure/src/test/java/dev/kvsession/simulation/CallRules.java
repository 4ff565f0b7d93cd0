package dev.kvsession.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvEmulatorResponse;

/**
 * What holds for every call: spacing of writes per key and instance (P6), lifetimes (P7),
 * the token's budget (P10). Confined to the seed's thread.
 */
final class CallRules {

	private static final int THROTTLED = 429;

	private static final int OK = 200;

	private static final int NOT_FOUND = 404;

	/** Five seconds, and the time that a write may wait for its turn. */
	private static final long RECENT = 12 * Nanos.SECOND;

	private final World world;

	/** By instance and key, when the latest write that KV acknowledged was answered. */
	private final Map<String, Long> acknowledged = new HashMap<>();

	/** By instance and key, what KV has ever told it of. */
	private final Set<String> told = new HashSet<>();

	/** By instance and key, whether the last write failed, so that it is repeated. */
	private final Set<String> failed = new HashSet<>();

	/** By instance and key, when a call that read or wrote it last ended. */
	private final Map<String, Long> known = new HashMap<>();

	/** Calls without answer, whether or not they have arrived. */
	private final Set<Call> flying = new LinkedHashSet<>();

	private final Map<String, Call> underWay = new HashMap<>();

	private final Deque<Long> calls = new ArrayDeque<>();

	CallRules(World world) {
		this.world = world;
	}

	void arrived(Call call, KvCall seen, KvEmulatorResponse response) {
		count(call);
		refused(call, response);
		call.keys = seen.keys();
		if (!Call.isWrite(call.request)) {
			return;
		}
		for (String key : call.keys) {
			spaced(call, call.node.name() + " " + key);
			known(call, key);
			if (!call.request.method().equals("DELETE") && !call.request.path().endsWith("/bulk/delete")
					&& seen.ttl(key) == null) {
				throw new BrokenPromise("P7 " + key + " was written without a lifetime");
			}
		}
	}

	void sent(Call call) {
		this.flying.add(call);
	}

	/**
	 * Whether a session's record is being written, perhaps by a repair that begins with a
	 * read, or was less than a second ago.
	 * @param node where
	 * @param id the session's id
	 * @return whether it is
	 */
	boolean isBusy(Node node, String id) {
		Stream<String> entries = this.world.scenario().indexed()
				? Names.ALL.stream().flatMap((name) -> this.world.plain().entries(name, id).stream()) : Stream.empty();
		return Stream.concat(Stream.of(Oracle.RECORD + id), entries).anyMatch((key) -> isBusy(node.name() + " " + key))
				|| this.flying.stream()
					.anyMatch((call) -> call.node == node && (call.writes(id) || call.precedesWrite(id)));
	}

	private boolean isBusy(String lane) {
		Long last = this.acknowledged.get(lane);
		return last != null && this.world.timeline().nanos() - last <= Nanos.SECOND || this.failed.contains(lane);
	}

	void ended(Call call, int status) {
		this.flying.remove(call);
		if (status != OK && status != NOT_FOUND) {
			call.node.troubled();
		}
		if (status == OK) {
			// An answer that was lost, or given to another call, has told nobody
			// anything.
			call.found.forEach((key, found) -> read(call, key, found));
		}
		for (String key : call.keys) {
			String lane = call.node.name() + " " + key;
			this.known.put(lane, this.world.timeline().nanos());
			this.underWay.remove(lane, call);
			if (status == OK) {
				this.told.add(lane);
			}
			if (Call.isWrite(call.request)) {
				note(this.failed, lane, status != OK || call.unsuccessful.contains(key));
			}
			if (status == OK && Call.isWrite(call.request)) {
				this.acknowledged.put(lane, this.world.timeline().nanos());
				told(call, key, !call.request.method().equals("DELETE") && !call.request.path().endsWith("/delete"));
			}
		}
	}

	private void read(Call call, String key, boolean found) {
		Ledger ledger = ledger(key);
		if (ledger != null && !found) {
			ledger.unfoundAt.put(call.node, call.sentAt);
		}
		told(call, key, found);
	}

	private Ledger ledger(String key) {
		return key.startsWith(Oracle.RECORD) ? this.world.oracle().ledger(key.substring(Oracle.RECORD.length())) : null;
	}

	private static void note(Set<String> lanes, String lane, boolean member) {
		if (member) {
			lanes.add(lane);
		}
		else {
			lanes.remove(lane);
		}
	}

	/*
	 * A second look, which reads the markers as well, concludes nothing from a record
	 * that is not there.
	 */
	private void told(Call call, String key, boolean found) {
		Ledger ledger = ledger(key);
		if (ledger != null) {
			long now = this.world.timeline().nanos();
			(found ? ledger.confirmedAt : ledger.absentAt).put(call.node, now);
			if (!found
					&& ledger.isForgotten(now - Scenario.STALENESS.toNanos(), this.world.scenario().interval(), now)) {
				ledger.forgottenAt.put(call.node, now);
			}
			if (!found && !call.keys.contains(Oracle.gone(key))) {
				missed(ledger, call.node, now);
			}
		}
	}

	/* Who believes that there is none has forgotten what it has told of it. */
	private static void missed(Ledger ledger, Node node, long now) {
		ledger.missedAt.put(node, now);
		if (!FindRules.isYoung(ledger, now)) {
			ledger.told.remove(node);
		}
	}

	private void spaced(Call call, String lane) {
		Call other = this.underWay.put(lane, call);
		if (other != null) {
			throw new BrokenPromise("P6 " + lane + " has two writes under way at once");
		}
		Long last = this.acknowledged.get(lane);
		if (last != null && call.sentAt - last < Nanos.SECOND) {
			throw new BrokenPromise("P6 " + lane + " was written " + (call.sentAt - last) / Nanos.MILLI
					+ " ms after the previous answer");
		}
	}

	/*
	 * A write is made of what was read or written a moment ago, so that the gone marker
	 * is seen and others' changes are not lost. Who has never had an answer about a key
	 * writes its first record, which had to wait since a try that may have happened.
	 */
	private void known(Call call, String key) {
		Ledger ledger = ledger(key);
		boolean update = ledger != null && !ledger.writes.isEmpty() && call.request.method().equals("PUT")
				&& !call.node.wasTroubled(call.sentAt - RECENT);
		String lane = call.node.name() + " " + key;
		Long known = this.known.get(lane);
		if (update && known != null && this.told.contains(lane) && call.sentAt - known > RECENT && isOrdinary()) {
			throw new BrokenPromise("P4 " + call.node.name() + " wrote " + key + " without having read it");
		}
	}

	/*
	 * Where calls are scarce a write may wait for long, and a first record that had to
	 * wait is not read.
	 */
	private boolean isOrdinary() {
		Profile profile = this.world.scenario().profile();
		return profile != Profile.BUDGET && profile != Profile.OUTAGES;
	}

	private void count(Call call) {
		long now = this.world.timeline().nanos();
		this.calls.addLast(now);
		while (this.calls.getFirst() <= now - Scenario.PERIOD.toNanos()) {
			this.calls.removeFirst();
		}
		if (this.calls.size() > this.world.scenario().calls()) {
			throw new BrokenPromise("P10 " + this.calls.size() + " calls within one period");
		}
	}

	private void refused(Call call, KvEmulatorResponse response) {
		if (response.status() != THROTTLED) {
			return;
		}
		if (!response.headers().containsKey("retry-after")) {
			this.world.anomalies().add(Anomaly.KEY_REFUSED);
			return;
		}
		this.world.anomalies().add(Anomaly.TOKEN_REFUSED);
		if (!this.world.scenario().foreign()) {
			throw new BrokenPromise("P10 the token was blocked at a call of " + call.node.name());
		}
	}

}
