package dev.kvsession.client.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.web.util.UriUtils;

import dev.kvsession.client.KvBulkResult;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvLimits;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRateLimit;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvTransport;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.support.Json;
import dev.kvsession.client.support.Stages;

/**
 * The port {@link KvClient} over Cloudflare's REST API (developers.cloudflare.com/api,
 * "Workers KV", read 2026-11). Safe for concurrent use.
 * <p>
 * Stages complete on the transport's threads; what is attached to them must not block.
 */
public final class RestKvClient implements KvClient, AutoCloseable {

	private static final String JSON = "application/json";

	private static final String OCTETS = "application/octet-stream";

	private final KvConnection connection;

	private final CallSender sender;

	private final Answers answers;

	private final AccountLookup accounts;

	/**
	 * Creates a client that sends each call once and does not retry. It does not close
	 * the transport.
	 * @param connection the namespace and how to reach it
	 * @param transport carries the calls
	 * @param clock dates rate limits
	 */
	public RestKvClient(KvConnection connection, KvTransport transport, InstantSource clock) {
		this.connection = connection;
		this.sender = new CallSender(connection, transport, clock);
		this.answers = new Answers(new Failures(connection, clock));
		this.accounts = new AccountLookup(connection.accountId(), this.sender, this.answers);
	}

	@Override
	public CompletionStage<Optional<String>> get(String key) {
		return Stages.unwrapped(getAll(List.of(key)).thenApply((found) -> Optional.ofNullable(found.get(key))));
	}

	@Override
	public CompletionStage<Map<String, String>> getAll(Collection<String> keys) {
		List<String> distinct = distinct(keys, KvLimits.MAX_BULK_GET_KEYS);
		if (distinct.isEmpty()) {
			return CompletableFuture.completedFuture(Map.of());
		}
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("keys", distinct);
		body.put("type", "text");
		return send(Operation.BULK_GET, new KvRequest("POST", "/bulk/get", JSON, Json.write(body)),
				(response) -> Map.copyOf(this.answers.values(distinct, response)));
	}

	@Override
	public CompletionStage<Void> put(KvPair pair) {
		KvException refused = KvLimits.refusal(pair);
		if (refused != null) {
			return CompletableFuture.failedFuture(refused);
		}
		String path = valuePath(pair.key())
				+ ((pair.timeToLive() != null) ? "?expiration_ttl=" + seconds(pair.timeToLive()) : "");
		KvRequest request;
		if (pair.metadata() == null) {
			request = new KvRequest("PUT", path, OCTETS, pair.value().getBytes(StandardCharsets.UTF_8));
		}
		else {
			Multipart multipart = Multipart.of(pair.value(), pair.metadata());
			request = new KvRequest("PUT", path, multipart.contentType(), multipart.body());
		}
		return acknowledged(
				send(Operation.PUT, request, (response) -> this.answers.acknowledged(Operation.PUT, response)));
	}

	@Override
	public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
		checkSize(pairs, KvLimits.MAX_BULK_PAIRS);
		List<String> keys = pairs.stream().map(KvPair::key).toList();
		keys.forEach(KvLimits::checkKey);
		KvException refused = pairs.stream().map(KvLimits::refusal).filter(Objects::nonNull).findFirst().orElse(null);
		if (refused != null) {
			return CompletableFuture.failedFuture(refused);
		}
		byte[] body = Json.write(pairs.stream().map(RestKvClient::fields).toList());
		if (body.length > KvLimits.MAX_BULK_BYTES) {
			return CompletableFuture.failedFuture(
					new KvRequestRefusedException("The pairs take " + body.length + " bytes; KV takes at most "
							+ KvLimits.MAX_BULK_BYTES + " in one call. Write less at once", null));
		}
		return bulk(Operation.BULK_PUT, keys, new KvRequest("PUT", "/bulk", JSON, body));
	}

	private static Map<String, Object> fields(KvPair pair) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("key", pair.key());
		fields.put("value", pair.value());
		if (pair.timeToLive() != null) {
			fields.put("expiration_ttl", seconds(pair.timeToLive()));
		}
		if (pair.metadata() != null) {
			fields.put("metadata", Json.read(pair.metadata().getBytes(StandardCharsets.UTF_8)));
		}
		return fields;
	}

	// Rounded up: a record must not end before its session.
	private static long seconds(Duration timeToLive) {
		return timeToLive.toSeconds() + ((timeToLive.toNanosPart() > 0) ? 1 : 0);
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		KvLimits.checkKey(key);
		return acknowledged(
				send(Operation.DELETE, new KvRequest("DELETE", valuePath(key), null, null), this.answers::deleted));
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		List<String> distinct = distinct(keys, KvLimits.MAX_BULK_PAIRS);
		return bulk(Operation.BULK_DELETE, distinct, new KvRequest("POST", "/bulk/delete", JSON, Json.write(distinct)));
	}

	@Override
	public CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit) {
		PageRequest page = new PageRequest(prefix, cursor, limit);
		return send(Operation.LIST, new KvRequest("GET", page.path(), null, null),
				(response) -> this.answers.page(page, response));
	}

	@Override
	public Duration clockOffset() {
		return this.sender.clockOffset();
	}

	@Override
	public Optional<KvRateLimit> rateLimit() {
		return this.sender.rateLimit();
	}

	/**
	 * Makes further calls fail with {@link KvUnavailableException}. Calls in flight still
	 * get their answer.
	 */
	@Override
	public void close() {
		this.sender.close();
	}

	private static CompletionStage<Void> acknowledged(CompletionStage<?> stage) {
		return Stages.unwrapped(stage.thenAccept((answer) -> {
		}));
	}

	private CompletionStage<KvBulkResult> bulk(Operation operation, List<String> keys, KvRequest request) {
		return keys.isEmpty() ? CompletableFuture.completedFuture(new KvBulkResult(Set.of()))
				: send(operation, request, (response) -> this.answers.bulkResult(operation, keys, response));
	}

	/*
	 * The request's path begins below the namespace, since the account may not be known
	 * yet.
	 */
	private <T> CompletionStage<T> send(Operation operation, KvRequest below, Function<KvResponse, T> reader) {
		return Stages.unwrapped(this.accounts.accountId().thenCompose((account) -> {
			String path = "/accounts/" + account + "/storage/kv/namespaces/" + this.connection.namespaceId()
					+ below.path();
			return this.sender.send(operation, new KvRequest(below.method(), path, below.contentType(), below.body()),
					reader);
		}));
	}

	/*
	 * Every byte outside RFC 3986's unreserved set is percent-encoded: a server that
	 * normalises paths would otherwise turn a key with ../ into another resource.
	 */
	private static String valuePath(String key) {
		return "/values/" + UriUtils.encode(key, StandardCharsets.UTF_8);
	}

	private static List<String> distinct(Collection<String> keys, int most) {
		keys.forEach(KvLimits::checkKey);
		List<String> distinct = keys.stream().distinct().toList();
		checkSize(distinct, most);
		return distinct;
	}

	private static void checkSize(Collection<?> all, int most) {
		Assert.isTrue(all.size() <= most, () -> "KV takes at most " + most + " in one call, not " + all.size());
	}

}
