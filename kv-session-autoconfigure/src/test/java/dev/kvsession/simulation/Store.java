package dev.kvsession.simulation;

import java.util.HashMap;
import java.util.Map;

import dev.kvsession.client.KvRequest;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvCallKind;
import dev.kvsession.test.KvContents;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.KvEmulatorRequest;
import dev.kvsession.test.KvEmulatorResponse;
import dev.kvsession.test.KvEntry;
import dev.kvsession.test.KvFault;

/**
 * The emulated KV, and the book of what its calls did. Confined to the seed's thread.
 */
final class Store {

	private static final String NAMESPACE = "/accounts/" + KvEmulatorCore.ACCOUNT_ID + "/storage/kv/namespaces/"
			+ KvEmulatorCore.NAMESPACE_ID;

	private static final int SERVER_ERROR = 500;

	private final World world;

	private final KvEmulatorCore core;

	private final KvContents contents;

	private final CallRules rules;

	private final Map<String, KvEntry> entries = new HashMap<>();

	private int calls;

	Store(World world, KvEmulatorCore core) {
		this.world = world;
		this.core = core;
		this.contents = core.contents(world.timeline());
		this.rules = new CallRules(world);
	}

	Call sent(Node node, KvRequest request, Weather.Fate fate) {
		Call call = new Call(++this.calls, node, request, this.world.timeline().nanos(), fate);
		this.world.trace()
			.add("send", node.name(), call.number, request.method(), request.path().substring(NAMESPACE.length()),
					fate.name());
		node.checkSilence();
		return call;
	}

	KvEmulatorResponse arrived(Call call) {
		KvFault fault = fault(call);
		if (fault != null) {
			this.core.faults().next(1, fault);
		}
		KvEmulatorResponse response = handle(call.node.name(), call.request);
		KvCall seen = this.core.log().calls().get(0);
		this.core.log().clear();
		this.world.trace().add("arrive", call.number, String.join(",", seen.keys()), response.status());
		this.rules.arrived(call, seen, response);
		if (response.status() >= SERVER_ERROR) {
			this.world.anomalies().add(Anomaly.SERVER_ERROR);
		}
		boolean write = Call.isWrite(call.request);
		int applied = 0;
		for (String key : seen.keys()) {
			if (write && isApplied(key)) {
				applied++;
				this.world.oracle().applied(call, seen, key, this.entries.get(key));
			}
		}
		this.world.readings().note(seen, response, this.contents);
		if (call.fate == Weather.Fate.PARTIAL && applied < seen.keys().size()
				&& seen.kind() == KvCallKind.BULK_PUT) {
			this.world.anomalies().add(Anomaly.PARTIAL_FAILURE);
		}
		return response;
	}

	void ended(Call call, int status) {
		this.world.trace().add("end", call.number, status);
		this.rules.ended(call, status);
	}

	/**
	 * Somebody else's call with the same token.
	 */
	void foreign() {
		handle("foreign", new KvRequest("GET", NAMESPACE + "/values/foreign", null, null));
		this.core.log().clear();
	}

	boolean isBusy(Node node, String key) {
		return this.rules.isBusy(node.name() + " " + key);
	}

	KvEntry truth(String key) {
		return this.contents.get(key);
	}

	private KvEmulatorResponse handle(String client, KvRequest request) {
		Map<String, String> headers = new HashMap<>();
		headers.put("authorization", "Bearer " + KvEmulatorCore.API_TOKEN);
		if (request.contentType() != null) {
			headers.put("content-type", request.contentType());
		}
		byte[] body = (request.body() != null) ? request.body() : new byte[0];
		return this.core.handle(new KvEmulatorRequest(client, request.method(), request.path(), headers, body),
				this.world.timeline().instant());
	}

	private boolean isApplied(String key) {
		KvEntry entry = this.contents.get(key);
		KvEntry before = (entry != null) ? this.entries.put(key, entry) : this.entries.remove(key);
		return entry != before;
	}

	private KvFault fault(Call call) {
		return switch (call.fate) {
			case UNAVAILABLE -> KvFault.status(503);
			case BROKEN -> this.world.weather().flip() ? KvFault.status(500) : KvFault.status(500).afterApplying();
			case RESET -> KvFault.resetBefore();
			case LOST -> KvFault.lostAfterWrite();
			case KEY_REFUSED -> single(call) ? KvFault.keyWrittenTooOften() : null;
			case PARTIAL -> KvFault.unsuccessfulKeys((key) -> this.world.weather().flip());
			default -> null;
		};
	}

	private static boolean single(Call call) {
		return call.request.path().contains("/values/");
	}

}
