package dev.kvsession.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvEmulatorResponse;

/**
 * What holds for every call: spacing of writes per key and instance (P6), lifetimes (P7),
 * the token's budget (P10). Confined to the seed's thread.
 */
final class CallRules {

	private static final int THROTTLED = 429;

	private static final int OK = 200;

	private static final int NOT_FOUND = 404;

	private final World world;

	/** By instance and key, when the latest write that KV acknowledged was answered. */
	private final Map<String, Long> acknowledged = new HashMap<>();

	private final Map<String, Call> underWay = new HashMap<>();

	private final Deque<Long> calls = new ArrayDeque<>();

	CallRules(World world) {
		this.world = world;
	}

	void arrived(Call call, KvCall seen, KvEmulatorResponse response) {
		count(call);
		refused(call, response);
		if (!Call.isWrite(call.request)) {
			return;
		}
		call.written = List.copyOf(seen.keys());
		for (String key : call.written) {
			spaced(call, call.node.name() + " " + key);
			if (!call.request.method().equals("DELETE") && !call.request.path().endsWith("/bulk/delete")
					&& seen.ttl(key) == null) {
				throw new BrokenPromise("P7 " + key + " was written without a lifetime");
			}
		}
	}

	/**
	 * Whether a key is being written, or was less than a second ago.
	 * @param lane instance and key
	 * @return whether it is
	 */
	boolean isBusy(String lane) {
		Long last = this.acknowledged.get(lane);
		return this.underWay.containsKey(lane)
				|| last != null && this.world.timeline().nanos() - last <= Timeline.SECOND;
	}

	void ended(Call call, int status) {
		if (status != OK && status != NOT_FOUND) {
			call.node.troubled();
		}
		for (String key : call.written) {
			String lane = call.node.name() + " " + key;
			this.underWay.remove(lane, call);
			if (status == OK) {
				this.acknowledged.put(lane, this.world.timeline().nanos());
			}
		}
	}

	private void spaced(Call call, String lane) {
		Call other = this.underWay.put(lane, call);
		if (other != null) {
			throw new BrokenPromise("P6 " + lane + " has two writes under way at once");
		}
		Long last = this.acknowledged.get(lane);
		if (last != null && call.sentAt - last < Timeline.SECOND) {
			throw new BrokenPromise("P6 " + lane + " was written " + (call.sentAt - last) / Timeline.MILLI
					+ " ms after the previous answer");
		}
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
