package dev.kvsession.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the API's answers, or throws what they mean. Immutable.
 */
final class Answers {

	private static final int OK = 200;

	private static final int MULTIPLE_CHOICES = 300;

	private static final int NOT_FOUND = 404;

	private final Failures failures;

	Answers(Failures failures) {
		this.failures = failures;
	}

	/**
	 * Reads a single value, which comes without envelope. A failure can hide behind
	 * status 200 all the same (code 971, a proxy's page); it is told by its content type.
	 * @param response the answer
	 * @return the value, or empty if KV says that there is none
	 */
	Optional<String> value(KvResponse response) {
		if (response.status() == OK) {
			String type = response.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
			Envelope envelope = type.startsWith("application/json") ? Envelope.parse(response.body()) : null;
			if ((envelope != null && !envelope.success() && !envelope.errors().isEmpty())
					|| type.startsWith("text/html")) {
				throw this.failures.of(Operation.GET, response, envelope);
			}
			return Optional.of(new String(response.body(), StandardCharsets.UTF_8));
		}
		Envelope envelope = Envelope.parse(response.body());
		if (isAbsent(response, envelope)) {
			return Optional.empty();
		}
		throw this.failures.of(Operation.GET, response, envelope);
	}

	/**
	 * Reads a delete's answer; a key that was not there is as good as deleted.
	 * @param response the answer
	 * @return the answer
	 */
	KvResponse deleted(KvResponse response) {
		if (!isAbsent(response, Envelope.parse(response.body()))) {
			success(Operation.DELETE, response);
		}
		return response;
	}

	private static boolean isAbsent(KvResponse response, @Nullable Envelope envelope) {
		return response.status() == NOT_FOUND && envelope != null && envelope.hasOnlyCode(ErrorCodes.KEY_NOT_FOUND);
	}

	Envelope success(Operation operation, KvResponse response) {
		Envelope envelope = Envelope.parse(response.body());
		boolean served = response.status() >= OK && response.status() < MULTIPLE_CHOICES;
		if (!served || envelope == null || !envelope.success()) {
			throw this.failures.of(operation, response, envelope);
		}
		return envelope;
	}

	KvException unreadable(Operation operation, KvResponse response) {
		return this.failures.unexpected(operation, response);
	}

	/**
	 * Reads a bulk read's answer. A key that KV does not have is in it with {@code null},
	 * or left out: the API's schema does not promise the one or the other.
	 * @param keys the keys asked for
	 * @param response the answer
	 * @return the values found by key
	 */
	Map<String, String> values(Collection<String> keys, KvResponse response) {
		JsonNode values = success(Operation.BULK_GET, response).result().path("values");
		if (!values.isObject()) {
			throw unreadable(Operation.BULK_GET, response);
		}
		Map<String, String> found = new TreeMap<>();
		for (Map.Entry<String, JsonNode> entry : values.properties()) {
			if (entry.getValue().isString()) {
				found.put(entry.getKey(), entry.getValue().asString());
			}
			else if (!entry.getValue().isNull()) {
				throw unreadable(Operation.BULK_GET, response);
			}
		}
		return found;
	}

	/**
	 * Reads a bulk write's or delete's answer.
	 * @param operation which it was
	 * @param keys the keys sent
	 * @param response the answer
	 * @return the keys that KV asks to send again
	 * @throws KvUnknownOutcomeException if a success does not account for all keys
	 */
	Set<String> unsuccessfulKeys(Operation operation, Collection<String> keys, KvResponse response) {
		Set<String> unsuccessful = BulkAccount.unsuccessful(success(operation, response).result(), keys);
		if (unsuccessful == null) {
			throw this.failures.unaccounted(operation, response);
		}
		return unsuccessful;
	}

	KvKeyPage page(KvResponse response) {
		Envelope envelope = success(Operation.LIST, response);
		if (!envelope.result().isArray()) {
			throw unreadable(Operation.LIST, response);
		}
		List<KvKeyPage.Key> keys = new ArrayList<>();
		for (JsonNode key : envelope.result()) {
			if (!key.path("name").isString()) {
				throw unreadable(Operation.LIST, response);
			}
			keys.add(key(key));
		}
		String cursor = envelope.resultInfo().path("cursor").asString("");
		return new KvKeyPage(keys, (cursor.isEmpty()) ? null : cursor);
	}

	private static KvKeyPage.Key key(JsonNode key) {
		JsonNode expiration = key.path("expiration");
		JsonNode metadata = key.path("metadata");
		return new KvKeyPage.Key(key.path("name").asString(),
				expiration.isNumber() ? Instant.ofEpochSecond(expiration.asLong(0)) : null,
				(metadata.isMissingNode() || metadata.isNull()) ? null : metadata.toString());
	}

}
