package dev.kvsession.client.rest;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads KV's account of a bulk write or delete: {@code {"successful_key_count":…,
 * "unsuccessful_keys":[…]}}. It proves nothing unless count and list together make up the
 * keys that were sent.
 */
final class BulkAccount {

	private BulkAccount() {
	}

	/**
	 * Reads the account.
	 * @param result the answer's result
	 * @param keys the keys sent
	 * @return the keys that were not written, or {@code null} if the result does not
	 * account for all keys that were sent and for no other
	 */
	static @Nullable Set<String> unsuccessful(JsonNode result, Collection<String> keys) {
		JsonNode count = result.path("successful_key_count");
		JsonNode listed = result.path("unsuccessful_keys");
		boolean unlisted = listed.isMissingNode() || listed.isNull();
		if (!count.isIntegralNumber() || !count.canConvertToInt() || !(listed.isArray() || unlisted)) {
			return null;
		}
		Set<String> sent = Set.copyOf(keys);
		Set<String> unsuccessful = new HashSet<>();
		for (JsonNode key : listed) {
			if (!key.isString() || !sent.contains(key.asString()) || !unsuccessful.add(key.asString())) {
				return null;
			}
		}
		// A key that was sent twice may have been counted once.
		long accounted = (long) count.asInt() + unsuccessful.size();
		boolean addsUp = count.asInt() >= 0 && accounted >= sent.size() && accounted <= keys.size();
		return addsUp ? unsuccessful : null;
	}

}
