package dev.kvsession.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvContents;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEntry;

/**
 * Notes where KV's answers were not the truth.
 */
final class Readings {

	private static final JsonMapper JSON = new JsonMapper();

	private final Anomalies anomalies;

	Readings(Anomalies anomalies) {
		this.anomalies = anomalies;
	}

	/**
	 * Notes what a read returned.
	 * @param call the read
	 * @param response the answer
	 * @param contents the truth
	 * @return by key, whether it was found; empty if the call was no read, or failed
	 */
	Map<String, Boolean> note(KvCall call, KvEmulatorResponse response, KvContents contents) {
		Map<String, Boolean> found = new HashMap<>();
		if (call.kind() == KvCallKind.BULK_GET && response.status() == 200) {
			JsonNode values = JSON.readTree(response.body()).path("result").path("values");
			call.keys().forEach((key) -> {
				compare(values.path(key).stringValue(null), contents.get(key));
				found.put(key, values.path(key).isString());
			});
		}
		return found;
	}

	/**
	 * The keys of which a bulk write says that it failed.
	 * @param call the call
	 * @param response the answer
	 * @return the keys
	 */
	Set<String> unsuccessful(KvCall call, KvEmulatorResponse response) {
		Set<String> unsuccessful = new HashSet<>();
		if ((call.kind() == KvCallKind.BULK_PUT || call.kind() == KvCallKind.BULK_DELETE) && response.status() == 200) {
			JSON.readTree(response.body())
				.path("result")
				.path("unsuccessful_keys")
				.forEach((key) -> unsuccessful.add(key.stringValue()));
		}
		return unsuccessful;
	}

	private void compare(String value, KvEntry truth) {
		if (value == null && truth != null) {
			this.anomalies.add(Anomaly.CACHED_MISS);
		}
		else if (value != null
				&& (truth == null || !Arrays.equals(truth.value(), value.getBytes(StandardCharsets.UTF_8)))) {
			this.anomalies.add(Anomaly.STALE_READ);
		}
	}

}
