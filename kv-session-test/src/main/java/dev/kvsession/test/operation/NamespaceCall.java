package dev.kvsession.test.operation;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.kvsession.test.format.KeyRules;
import dev.kvsession.test.format.PercentDecoding;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorRequest;

/**
 * A request that goes to a namespace.
 *
 * @param request the request
 * @param query its parameters
 * @param shape its method and what follows the namespace in the path, a key replaced by
 * {@code *}
 * @param key the key in the path, still percent-encoded; empty if there is none
 */
record NamespaceCall(KvEmulatorRequest request, Map<String, String> query, String shape, String key) {

	private static final Set<String> WITH_KEY = Set.of("values", "metadata");

	private static final Map<String, KvCallKind> KINDS = Map.of("GET values/*", KvCallKind.GET, "PUT values/*",
			KvCallKind.PUT, "DELETE values/*", KvCallKind.DELETE, "GET metadata/*", KvCallKind.METADATA, "GET keys",
			KvCallKind.LIST, "PUT bulk", KvCallKind.BULK_PUT, "POST bulk/delete", KvCallKind.BULK_DELETE,
			"POST bulk/get", KvCallKind.BULK_GET);

	static NamespaceCall of(KvEmulatorRequest request, Map<String, String> query, List<String> path) {
		boolean hasKey = path.size() == 2 && WITH_KEY.contains(path.get(0)) && !path.get(1).isEmpty();
		String rest = (hasKey) ? path.get(0) + "/*" : String.join("/", path);
		return new NamespaceCall(request, query, request.method() + " " + rest, (hasKey) ? path.get(1) : "");
	}

	KvCallKind kind() {
		return KINDS.getOrDefault(this.shape, KvCallKind.OTHER);
	}

	String decodedKey() {
		return KeyRules.require(PercentDecoding.decode(this.key));
	}

	@Override
	public String toString() {
		return "NamespaceCall[" + this.shape + "]";
	}

}
