package dev.kvsession.client.rest;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

import dev.kvsession.client.KvLimits;

/**
 * Asks for one page of a listing. Immutable.
 *
 * @param prefix what the keys begin with, or an empty string for all keys
 * @param cursor where the page begins, or {@code null} for the first
 * @param limit the greatest number of keys, 10 to 1000
 */
record PageRequest(String prefix, @Nullable String cursor, int limit) {

	private static final int MIN_LIMIT = 10;

	private static final int MAX_LIMIT = 1000;

	PageRequest {
		Assert.isTrue(limit >= MIN_LIMIT && limit <= MAX_LIMIT,
				() -> "'limit' must be from 10 to 1000, but is " + limit);
		if (!prefix.isEmpty()) {
			KvLimits.checkKey(prefix + "*");
		}
	}

	String path() {
		return "/keys?limit=" + this.limit
				+ (this.prefix.isEmpty() ? "" : "&prefix=" + UriUtils.encode(this.prefix, StandardCharsets.UTF_8))
				+ ((this.cursor != null) ? "&cursor=" + UriUtils.encode(this.cursor, StandardCharsets.UTF_8) : "");
	}

	/**
	 * Whether an answer can be this page: it names keys of the prefix, each once, and
	 * where the next page begins. A cursor that repeats this page would never end.
	 */
	boolean isAnsweredBy(JsonNode keys, JsonNode info) {
		JsonNode next = info.path("cursor");
		JsonNode count = info.path("count");
		boolean counted = Answers.isAbsent(count)
				|| (count.isIntegralNumber() && count.asString().equals(Integer.toString(keys.size())));
		if (!keys.isArray() || keys.size() > this.limit || !counted || !next.isString()
				|| next.asString().equals(this.cursor)) {
			return false;
		}
		Set<String> names = new HashSet<>();
		for (JsonNode key : keys) {
			JsonNode end = key.path("expiration");
			boolean timed = Answers.isAbsent(end) || end.isIntegralNumber();
			String name = key.path("name").asString("");
			if (!timed || name.isEmpty() || !name.startsWith(this.prefix) || !names.add(name)) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		return "PageRequest[limit=" + this.limit + "]";
	}

}
