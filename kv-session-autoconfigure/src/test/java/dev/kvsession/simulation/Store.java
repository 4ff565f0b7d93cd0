package dev.kvsession.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.kvsession.VirtualTransport;
import dev.kvsession.client.KvRequest;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvContents;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.KvFaults;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEntry;

/**
 * The emulated KV, and the book of what its calls did. Confined to the seed's thread.
 */
final class Store {

	private static final String NAMESPACE = "/accounts/" + KvEmulatorCore.ACCOUNT_ID + "/storage/kv/namespaces/"
			+ KvEmulatorCore.NAMESPACE_ID;

	private static final int OK = 200;

	private static final int BAD_REQUEST = 400;

	private static final int SERVER_ERROR = 500;

	private final World world;

	private final VirtualKv kv;

	private final KvContents contents;

	private final CallRules rules;

	private final Map<String, KvEntry> entries = new HashMap<>();

	private int calls;

	Store(World world, VirtualKv kv) {
		this.world = world;
		this.kv = kv;
		this.contents = kv.contents();
		this.rules = new CallRules(world);
	}

	Call sent(Node node, KvRequest request, Weather.Fate fate) {
		Call call = new Call(++this.calls, node, request, this.world.timeline().nanos(), fate);
		this.world.trace()
			.add("send", node.name(), call.number, request.method(), request.path().substring(NAMESPACE.length()),
					fate.name());
		this.rules.sent(call);
		node.checkSilence();
		return call;
	}

	KvEmulatorResponse arrived(Call call) {
		prepare(call);
		KvEmulatorResponse response = VirtualTransport.send(call.node.name(), call.request, this.kv);
		this.kv.faults().clear();
		KvCall stored = this.kv.log().calls().get(0);
		KvCall seen = this.world.plain().call(stored);
		this.kv.log().clear();
		this.world.trace().add("arrive", call.number, String.join(",", seen.keys()), response.status());
		this.rules.arrived(call, seen, response);
		this.world.budget().arrived(seen);
		boolean write = Call.isWrite(call.request);
		int applied = 0;
		for (String key : stored.keys()) {
			if (write && isApplied(key)) {
				applied++;
				applied(call, seen, key);
			}
		}
		call.unsuccessful = this.world.readings()
			.unsuccessful(stored, response)
			.stream()
			.map(this.world.plain()::key)
			.collect(Collectors.toSet());
		call.found = this.world.plain().keys(this.world.readings().note(stored, response, this.contents));
		note(call, seen, response, applied);
		return response;
	}

	private void applied(Call call, KvCall seen, String key) {
		KvEntry entry = this.entries.get(key);
		this.world.secrecy().written(call.node, key, entry);
		this.world.oracle().applied(call, seen, this.world.plain().key(key), this.world.plain().entry(key, entry));
	}

	private void note(Call call, KvCall seen, KvEmulatorResponse response, int applied) {
		if (response.status() >= SERVER_ERROR) {
			this.world.anomalies().add(Anomaly.SERVER_ERROR);
		}
		if (response.status() == BAD_REQUEST) {
			this.world.anomalies().add(Anomaly.BAD_PAIR);
		}
		if (seen.kind() == KvCallKind.BULK_PUT && response.status() == OK) {
			this.world.anomalies().add(Anomaly.BULK_PUT);
			if (applied < seen.keys().size()) {
				this.world.anomalies().add(Anomaly.PARTIAL_FAILURE);
			}
		}
	}

	void ended(Call call, int status) {
		this.world.trace().add("end", call.number, status);
		this.rules.ended(call, status);
	}

	/**
	 * Somebody else's call with the same token.
	 */
	void foreign() {
		KvRequest request = new KvRequest("GET", NAMESPACE + "/values/foreign", null, null);
		VirtualTransport.send("foreign", request, this.kv);
		this.kv.log().clear();
	}

	boolean isBusy(Node node, String id) {
		return this.rules.isBusy(node, id);
	}

	KvEntry truth(String key) {
		String stored = Plain.stored(key);
		return this.world.plain().entry(stored, this.contents.get(stored));
	}

	private boolean isApplied(String key) {
		KvEntry entry = this.contents.get(key);
		KvEntry before = (entry != null) ? this.entries.put(key, entry) : this.entries.remove(key);
		return entry != before;
	}

	private void prepare(Call call) {
		KvFaults faults = this.kv.faults();
		switch (call.fate) {
			case UNAVAILABLE -> faults.next(1, KvFault.status(503));
			case BROKEN ->
				faults.next(1, this.world.weather().flip() ? KvFault.status(500) : KvFault.status(500).afterApplying());
			case RESET -> faults.next(1, KvFault.resetBefore());
			case LOST -> faults.next(1, KvFault.lostAfterWrite());
			case KEY_REFUSED -> faults.next(1, KvFault.keyWrittenTooOften(), KvCallKind.PUT, KvCallKind.DELETE);
			case PARTIAL -> faults.next(1, KvFault.unsuccessfulKeys((key) -> this.world.weather().flip()));
			case BAD_PAIR -> faults.next(1, KvFault.error(400, 10012, "one pair is invalid"),
					(seen) -> seen.kind() == KvCallKind.BULK_PUT && seen.keys().size() > 1);
			default -> {
				// Nothing goes wrong at KV.
			}
		}
	}

}
