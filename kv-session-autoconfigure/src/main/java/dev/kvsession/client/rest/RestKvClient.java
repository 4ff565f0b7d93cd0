package dev.kvsession.client.rest;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.kvsession.client.Json;
import dev.kvsession.client.KeyEncoding;
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
import dev.kvsession.client.PairLimits;
import dev.kvsession.client.support.Stages;

/**
 * The port {@link KvClient} over Cloudflare's REST API (developers.cloudflare.com/api,
 * "Workers KV", read 2026-11). Safe for concurrent use.
 * <p>
 * Stages complete on the transport's threads; what is attached to them must not block.
 * Parts of a large call are sent one after the other.
 */
public final class RestKvClient implements KvClient, AutoCloseable {

	private static final String JSON = "application/json";

	private static final String OCTETS = "application/octet-stream";

	private final KvConnection connection;

	private final CallSender sender;

	private final Answers answers;

	private final AccountLookup accounts;

	/**
	 * Creates a client that sends each call once; repeating is for who knows what the
	 * call is for. The transport is not closed by this client.
	 * @param connection the namespace
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
		return send(Operation.BULK_GET, new Ask("POST", "/bulk/get", JSON, Json.write(body)),
				(response) -> Map.copyOf(this.answers.values(distinct, response)));
	}

	@Override
	public CompletionStage<Void> put(KvPair pair) {
		KvException refused = PairLimits.check(List.of(pair));
		if (refused != null) {
			return CompletableFuture.failedFuture(refused);
		}
		String path = valuePath(pair.key())
				+ ((pair.timeToLive() != null) ? "?expiration_ttl=" + TtlSeconds.of(pair.timeToLive()) : "");
		return acknowledged(send(Operation.PUT, putAsk(path, pair),
				(response) -> this.answers.acknowledged(Operation.PUT, response)));
	}

	private static Ask putAsk(String path, KvPair pair) {
		if (pair.metadata() == null) {
			return new Ask("PUT", path, OCTETS, pair.value().getBytes(StandardCharsets.UTF_8));
		}
		Multipart multipart = Multipart.of(pair.value(), pair.metadata());
		return new Ask("PUT", path, multipart.contentType(), multipart.body());
	}

	@Override
	public CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs) {
		checkSize(pairs, KvLimits.MAX_BULK_PAIRS);
		KvException refused = PairLimits.check(pairs);
		if (refused != null) {
			return CompletableFuture.failedFuture(refused);
		}
		byte[] body = Json.write(pairs.stream().map(RestKvClient::fields).toList());
		if (body.length > KvLimits.MAX_BULK_BYTES) {
			return CompletableFuture.failedFuture(
					new KvRequestRefusedException("The pairs take " + body.length + " bytes; KV takes at most "
							+ KvLimits.MAX_BULK_BYTES + " in one call. Write less at once", null));
		}
		return bulk(Operation.BULK_PUT, pairs.stream().map(KvPair::key).toList(), new Ask("PUT", "/bulk", JSON, body));
	}

	private static Map<String, Object> fields(KvPair pair) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("key", pair.key());
		fields.put("value", pair.value());
		if (pair.timeToLive() != null) {
			fields.put("expiration_ttl", TtlSeconds.of(pair.timeToLive()));
		}
		if (pair.metadata() != null) {
			fields.put("metadata", Json.read(pair.metadata().getBytes(StandardCharsets.UTF_8)));
		}
		return fields;
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		return acknowledged(send(Operation.DELETE, Ask.of("DELETE", valuePath(key)), this.answers::deleted));
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		List<String> distinct = distinct(keys, KvLimits.MAX_BULK_PAIRS);
		return bulk(Operation.BULK_DELETE, distinct, new Ask("POST", "/bulk/delete", JSON, Json.write(distinct)));
	}

	@Override
	public CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit) {
		PageRequest page = new PageRequest(prefix, cursor, limit);
		return send(Operation.LIST, Ask.of("GET", page.path()), (response) -> this.answers.page(page, response));
	}

	@Override
	public Optional<KvRateLimit> rateLimit() {
		return this.sender.rateLimit();
	}

	/**
	 * Lets further calls fail with {@link KvUnavailableException}. Calls under way still
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

	private CompletionStage<KvBulkResult> bulk(Operation operation, List<String> keys, Ask ask) {
		return keys.isEmpty() ? CompletableFuture.completedFuture(new KvBulkResult(Set.of())) : send(operation, ask,
				(response) -> new KvBulkResult(this.answers.unsuccessfulKeys(operation, keys, response)));
	}

	private <T> CompletionStage<T> send(Operation operation, Ask ask, Function<KvResponse, T> reader) {
		return Stages.unwrapped(this.accounts.accountId().thenCompose((account) -> {
			String path = "/accounts/" + account + "/storage/kv/namespaces/" + this.connection.namespaceId()
					+ ask.path();
			KvRequest request = new KvRequest(ask.method(), path, ask.contentType(), ask.body());
			return this.sender.send(new KvCall<>(operation, request, reader));
		}));
	}

	private static String valuePath(String key) {
		return "/values/" + KeyEncoding.encodeKey(key);
	}

	private static List<String> distinct(Collection<String> keys, int most) {
		keys.forEach(KeyEncoding::check);
		List<String> distinct = keys.stream().distinct().toList();
		checkSize(distinct, most);
		return distinct;
	}

	private static void checkSize(Collection<?> all, int most) {
		Assert.isTrue(all.size() <= most, () -> "KV takes at most " + most + " in one call, not " + all.size());
	}

	/**
	 * A request below the namespace, whose account may not be known yet.
	 */
	private record Ask(String method, String path, @Nullable String contentType, byte @Nullable [] body) {

		static Ask of(String method, String path) {
			return new Ask(method, path, null, null);
		}

		@Override
		public String toString() {
			return "Ask[" + this.method + "]";
		}

	}

}
