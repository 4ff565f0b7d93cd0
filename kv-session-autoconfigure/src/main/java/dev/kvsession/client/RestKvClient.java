package dev.kvsession.client;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

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
		keys.forEach(KeyEncoding::check);
		Map<String, String> found = new TreeMap<>();
		Iterator<List<String>> chunks = parts(new LinkedHashSet<>(keys), KvLimits.MAX_BULK_GET_KEYS);
		return Stages.unwrapped(new ChunkSequence<>(chunks, this::getChunk, found::putAll).run()
			.thenApply((done) -> Map.copyOf(found)));
	}

	private CompletionStage<Map<String, String>> getChunk(List<String> keys) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("keys", keys);
		body.put("type", "text");
		return send(Operation.BULK_GET, new Ask("POST", "/bulk/get", JSON, Json.write(body)),
				(response) -> this.answers.values(keys, response));
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
		List<KvPair> copy = List.copyOf(pairs);
		KvException refused = PairLimits.check(copy);
		if (refused != null) {
			return CompletableFuture.failedFuture(refused);
		}
		return bulk(new BulkPutChunks(copy, KvLimits.MAX_BULK_PAIRS, KvLimits.MAX_BULK_BYTES), this::putChunk);
	}

	private CompletionStage<Set<String>> putChunk(BulkPutChunks.Chunk chunk) {
		if (chunk.body() == null) {
			return put(chunk.first()).thenApply((done) -> Set.of());
		}
		return send(Operation.BULK_PUT, new Ask("PUT", "/bulk", JSON, chunk.body()),
				(response) -> this.answers.unsuccessfulKeys(Operation.BULK_PUT, chunk.keys(), response));
	}

	@Override
	public CompletionStage<Void> delete(String key) {
		return acknowledged(send(Operation.DELETE, Ask.of("DELETE", valuePath(key)), this.answers::deleted));
	}

	@Override
	public CompletionStage<KvBulkResult> deleteAll(Collection<String> keys) {
		keys.forEach(KeyEncoding::check);
		return bulk(parts(new LinkedHashSet<>(keys), KvLimits.MAX_BULK_PAIRS), this::deleteChunk);
	}

	private CompletionStage<Set<String>> deleteChunk(List<String> keys) {
		return send(Operation.BULK_DELETE, new Ask("POST", "/bulk/delete", JSON, Json.write(keys)),
				(response) -> this.answers.unsuccessfulKeys(Operation.BULK_DELETE, keys, response));
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

	private <C> CompletionStage<KvBulkResult> bulk(Iterator<C> chunks,
			Function<C, CompletionStage<Set<String>>> sender) {
		Set<String> unsuccessful = new HashSet<>();
		return Stages.unwrapped(new ChunkSequence<>(chunks, sender, unsuccessful::addAll).run()
			.thenApply((done) -> new KvBulkResult(unsuccessful)));
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

	private static Iterator<List<String>> parts(Collection<String> keys, int size) {
		List<String> all = new ArrayList<>(keys);
		List<List<String>> parts = new ArrayList<>();
		for (int start = 0; start < all.size(); start += size) {
			parts.add(all.subList(start, Math.min(start + size, all.size())));
		}
		return parts.iterator();
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
