package dev.kvsession.client.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvUnexpectedResponseException;
import dev.kvsession.client.KvUnknownOutcomeException;

/**
 * Reads the API's answers, or throws what they mean. Immutable.
 */
public final class Answers {

	private static final int OK = 200;

	private static final int NOT_FOUND = 404;

	private final Failures failures;

	public Answers(Failures failures) {
		this.failures = failures;
	}

	/** Reads a delete's answer; a key that was not there is as good as deleted. */
	KvResponse deleted(KvResponse response) {
		Envelope envelope = Envelope.parse(response.body());
		boolean absent = response.status() == NOT_FOUND && envelope != null && envelope.isRefusal(NOT_FOUND)
				&& envelope.hasOnlyCode(ErrorCodes.KEY_NOT_FOUND);
		return absent ? response : acknowledged(Operation.DELETE, response);
	}

	/**
	 * Reads the answer to a write or delete of one key, whose result is empty.
	 * @param operation which it was
	 * @throws KvUnknownOutcomeException if a success has another result, which belongs to
	 * another call
	 */
	KvResponse acknowledged(Operation operation, KvResponse response) {
		JsonNode result = success(operation, response).result();
		if (!result.isMissingNode() && !result.isNull() && !(result.isObject() && result.isEmpty())) {
			throw unproven(operation, response);
		}
		return response;
	}

	/**
	 * Reads an answer's envelope.
	 * @return the envelope of a success
	 * @throws KvException what the answer means if it is no success
	 */
	public Envelope success(Operation operation, KvResponse response) {
		Envelope envelope = Envelope.parse(response.body());
		if (response.status() != OK || envelope == null || !envelope.isSuccess()) {
			throw this.failures.of(operation, response, envelope);
		}
		return envelope;
	}

	KvException unproven(Operation operation, KvResponse response) {
		return this.failures.unproven(operation, response);
	}

	/**
	 * Reads a bulk read's answer. It names each key that was asked for, with its value or
	 * with {@code null}, and no other key. So the keys also prove that it answers this
	 * call and not another one on the same connection.
	 * @param keys the keys asked for, each once
	 * @return the values found by key
	 * @throws KvUnexpectedResponseException if the answer leaves a key out, names another
	 * one, or has a value that is no text
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
	 * Reads a bulk write's or delete's answer.
	 * @param operation which it was
	 * @param keys the keys sent
	 * @return the keys that KV asks to send again
	 * @throws KvUnknownOutcomeException if a success does not account for all keys
	 */
	Set<String> unsuccessfulKeys(Operation operation, Collection<String> keys, KvResponse response) {
		Set<String> unsuccessful = BulkAccount.unsuccessful(success(operation, response).result(), keys);
		if (unsuccessful == null) {
			throw unproven(operation, response);
		}
		return unsuccessful;
	}

	/**
	 * Reads a page of a listing.
	 * @param asked which page was asked for
	 * @return the page
	 * @throws KvUnexpectedResponseException if the answer is not the page that was asked
	 * for, or does not say where the next one begins
	 */
	KvKeyPage page(PageRequest asked, KvResponse response) {
		Envelope envelope = success(Operation.LIST, response);
		JsonNode info = envelope.resultInfo();
		JsonNode cursor = info.path("cursor");
		if (!asked.isAnsweredBy(envelope.result(), info)) {
			throw unproven(Operation.LIST, response);
		}
		List<KvKeyPage.Key> keys = new ArrayList<>();
		envelope.result().forEach((key) -> keys.add(key(key)));
		return new KvKeyPage(keys, cursor.asString().isEmpty() ? null : cursor.asString());
	}

	private static KvKeyPage.Key key(JsonNode key) {
		JsonNode expiration = key.path("expiration");
		JsonNode metadata = key.path("metadata");
		return new KvKeyPage.Key(key.path("name").asString(),
				expiration.isNumber() ? Instant.ofEpochSecond(expiration.asLong(0)) : null,
				(metadata.isMissingNode() || metadata.isNull()) ? null : metadata.toString());
	}

}
