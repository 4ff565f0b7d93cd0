package dev.kvsession.client.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvResponse;

/** Reads the API's answers, or throws what they mean. Immutable. */
public final class Answers {

	private static final int OK = 200;

	private static final int NOT_FOUND = 404;

	private final Failures failures;

	public Answers(Failures failures) {
		this.failures = failures;
	}

	/** Reads the answer to a delete. Deleting an absent key succeeds. */
	KvResponse deleted(KvResponse response) {
		Envelope envelope = Envelope.parse(response.body());
		boolean absent = response.status() == NOT_FOUND && envelope != null && envelope.isRefusal(NOT_FOUND)
				&& envelope.hasOnlyCode(Envelope.KEY_NOT_FOUND);
		return absent ? response : acknowledged(Operation.DELETE, response);
	}

	/**
	 * Reads the answer to a write or delete of one key. Its result is empty; any other
	 * result belongs to another call.
	 */
	KvResponse acknowledged(Operation operation, KvResponse response) {
		JsonNode result = success(operation, response).result();
		if (!isAbsent(result) && !(result.isObject() && result.isEmpty())) {
			throw unproven(operation, response);
		}
		return response;
	}

	/** Returns the envelope of a success, or throws the failure that the answer means. */
	public Envelope success(Operation operation, KvResponse response) {
		Envelope envelope = Envelope.parse(response.body());
		if (response.status() != OK || envelope == null || !envelope.isSuccess()) {
			throw this.failures.of(operation, response, envelope);
		}
		return envelope;
	}

	/** Returns the failure of an answer that claims success but does not prove it. */
	KvException unproven(Operation operation, KvResponse response) {
		return this.failures.unproven(operation, response);
	}

	static boolean isAbsent(JsonNode node) {
		return node.isMissingNode() || node.isNull();
	}

	/**
	 * Reads the answer to a bulk read. It names each requested key, with its value or
	 * {@code null}, and no other key. So the keys also prove that it answers this call
	 * and not another one on the same connection.
	 * @param keys the requested keys, each once
	 * @return the values found by key
	 */
	Map<String, String> values(Collection<String> keys, KvResponse response) {
		JsonNode values = success(Operation.BULK_GET, response).result().path("values");
		// mutant: answer-keys-1
		if (!values.isObject() || values.size() != keys.size() || !keys.stream().allMatch(values::has)) {
			throw unproven(Operation.BULK_GET, response);
		}
		Map<String, String> found = new TreeMap<>();
		for (Map.Entry<String, JsonNode> entry : values.properties()) {
			if (entry.getValue().isString()) {
				// mutant: answer-keys-2
				found.put(entry.getKey(), entry.getValue().asString());
			}
			else if (!entry.getValue().isNull()) {
				throw unproven(Operation.BULK_GET, response);
			}
		}
		return found;
	}

	/**
	 * Reads the answer to a bulk write or delete: {@code {"successful_key_count":…,
	 * "unsuccessful_keys":[…]}}. It proves nothing unless count and list together make up
	 * the keys that were sent.
	 */
	KvBulkResult bulkResult(Operation operation, Collection<String> keys, KvResponse response) {
		JsonNode result = success(operation, response).result();
		JsonNode count = result.path("successful_key_count");
		JsonNode listed = result.path("unsuccessful_keys");
		Set<String> sent = Set.copyOf(keys);
		Set<String> unsuccessful = new HashSet<>();
		boolean valid = count.isIntegralNumber() && count.canConvertToInt() && (listed.isArray() || isAbsent(listed));
		for (JsonNode key : listed) {
			valid &= key.isString() && sent.contains(key.asString()) && unsuccessful.add(key.asString());
		}
		// A key that was sent twice may have been counted once.
		long accounted = (valid ? (long) count.asInt() : 0) + unsuccessful.size();
		if (!valid || count.asInt() < 0 || accounted < sent.size() || accounted > keys.size()) {
			throw unproven(operation, response);
		}
		return new KvBulkResult(unsuccessful);
	}

	/** Reads a page of a listing. */
	KvKeyPage page(PageRequest asked, KvResponse response) {
		Envelope envelope = success(Operation.LIST, response);
		JsonNode info = envelope.resultInfo();
		if (!asked.isAnsweredBy(envelope.result(), info)) {
			throw unproven(Operation.LIST, response);
		}
		List<KvKeyPage.Key> keys = new ArrayList<>();
		envelope.result().forEach((key) -> keys.add(key(key)));
		String cursor = info.path("cursor").asString();
		return new KvKeyPage(keys, cursor.isEmpty() ? null : cursor);
	}

	private static KvKeyPage.Key key(JsonNode key) {
		JsonNode expiration = key.path("expiration");
		JsonNode metadata = key.path("metadata");
		return new KvKeyPage.Key(key.path("name").asString(),
				expiration.isNumber() ? Instant.ofEpochSecond(expiration.asLong(0)) : null,
				isAbsent(metadata) ? null : metadata.toString());
	}

}
