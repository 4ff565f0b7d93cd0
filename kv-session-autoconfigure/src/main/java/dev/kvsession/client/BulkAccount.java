package dev.kvsession.client;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * KV's account of a bulk write or delete: {@code {"successful_key_count":…,
 * "unsuccessful_keys":[…]}}. Whoever answers with success and no account, or one that
 * does not add up, has not said what became of the keys.
 */
final class BulkAccount {

	private BulkAccount() {
	}

	/**
	 * Reads the account.
	 * @param result the answer's result
	 * @param keys the keys sent
	 * @return the keys that were not written, or {@code null} if the account is missing
	 * or does not add up
	 */
	static @Nullable Set<String> unsuccessful(JsonNode result, Collection<String> keys) {
		JsonNode listed = result.path("unsuccessful_keys");
		JsonNode count = result.path("successful_key_count");
		boolean unlisted = listed.isMissingNode() || listed.isNull();
		if (!(result.isObject() || result.isNull() || result.isMissingNode()) || !(listed.isArray() || unlisted)) {
			return null;
		}
		Set<String> unsuccessful = new HashSet<>();
		listed.forEach((key) -> unsuccessful.add(key.isString() ? key.asString() : ""));
		boolean known = Set.copyOf(keys).containsAll(unsuccessful);
		boolean addsUp = count.isMissingNode() || count.isNull()
				|| (count.isIntegralNumber() && accounts(keys, count.asLong() + listed.size()));
		return (known && addsUp) ? unsuccessful : null;
	}

	// A key that was sent twice may have been counted once.
	private static boolean accounts(Collection<String> keys, long accounted) {
		return accounted >= Set.copyOf(keys).size() && accounted <= keys.size();
	}

}
