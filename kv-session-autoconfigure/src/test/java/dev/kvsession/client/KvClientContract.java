package dev.kvsession.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the client and a server with KV's REST API promise each other, over HTTP, for
 * whichever server it is. Keys are new in each test.
 */
abstract class KvClientContract {

	private static final Duration DAY = Duration.ofDays(1);

	private final String prefix = "contract:" + UUID.randomUUID() + ":";

	private ContractClient kv;

	abstract KvConnection connection();

	@BeforeEach
	void connect() {
		this.kv = new ContractClient(connection());
	}

	@AfterEach
	void close() {
		this.kv.close();
	}

	@Test
	@DisplayName("P8 what is not there is absent, before and after it was")
	void findsDeletesAndMisses() {
		assertThat(this.kv.get(key("a"))).isEmpty();
		await(this.kv.client().put(new KvPair(key("a"), "v", DAY)));
		assertThat(this.kv.get(key("a"))).hasValue("v");
		await(this.kv.client().delete(key("a")));
		assertThat(this.kv.get(key("a"))).isEmpty();
		await(this.kv.client().delete(key("a")));
	}

	@Test
	void carriesEveryKeyAndText() {
		List<String> keys = KeySamples.encoded()
			.map((sample) -> (String) sample.get()[0])
			.filter((key) -> Utf8.length(this.prefix + key) <= KvLimits.MAX_KEY_BYTES)
			.map(this::key)
			.toList();
		Map<String, String> values = new LinkedHashMap<>();
		keys.forEach((key) -> values.put(key, "é \uD83D\uDE00 \u0000\r\n\" \uFEFF " + values.size()));
		values.forEach((key, value) -> await(this.kv.client().put(new KvPair(key, value, DAY))));
		values.forEach((key, value) -> assertThat(this.kv.get(key)).hasValue(value));
		assertThat(await(this.kv.client().getAll(keys))).isEqualTo(values);
		values.replaceAll((key, value) -> "bulk " + value);
		assertThat(putAll(values).unsuccessfulKeys()).isEmpty();
		assertThat(await(this.kv.client().getAll(keys))).isEqualTo(values);
		assertThat(await(this.kv.client().deleteAll(keys)).unsuccessfulKeys()).isEmpty();
		assertThat(await(this.kv.client().getAll(keys))).isEmpty();
	}

	@Test
	void carriesALongKeyAndALargeValue() {
		String longest = this.prefix + "k".repeat(KvLimits.MAX_KEY_BYTES - this.prefix.length());
		String large = "x".repeat(2_000_000);
		await(this.kv.client().put(new KvPair(longest, large, DAY)));
		assertThat(this.kv.get(longest)).hasValue(large);
		assertThat(await(this.kv.client().getAll(List.of(longest)))).containsEntry(longest, large);
	}

	@Test
	void readsAndWritesMoreThanOneCallTakes() {
		Map<String, String> values = new LinkedHashMap<>();
		IntStream.range(0, 205).forEach((number) -> values.put(key("n" + number), "v" + number));
		assertThat(putAll(values).unsuccessfulKeys()).isEmpty();
		List<String> asked = new ArrayList<>(values.keySet());
		asked.add(key("absent"));
		assertThat(await(this.kv.client().getAll(asked))).isEqualTo(values);
	}

	@Test
	void listsPagesWithLifetimeAndMetadata() {
		Instant before = Instant.now();
		Map<String, String> values = new LinkedHashMap<>();
		IntStream.range(0, 25).forEach((number) -> values.put(key("n" + number), "v"));
		putAll(values);
		await(this.kv.client().put(new KvPair(key("n0"), "v", null, "{\"a\":[1,\"é\"]}")));
		List<KvKeyPage.Key> listed = new ArrayList<>();
		KvKeyPage page = await(this.kv.client().list(this.prefix, null, 10));
		listed.addAll(page.keys());
		while (page.cursor() != null && listed.size() <= values.size()) {
			page = await(this.kv.client().list(this.prefix, page.cursor(), 10));
			listed.addAll(page.keys());
		}
		assertThat(listed).extracting(KvKeyPage.Key::name).containsExactlyInAnyOrderElementsOf(values.keySet());
		Map<String, KvKeyPage.Key> byName = listed.stream()
			.collect(Collectors.toMap(KvKeyPage.Key::name, (key) -> key));
		assertThat(byName.get(key("n0")).metadata()).isEqualTo("{\"a\":[1,\"é\"]}");
		assertThat(byName.get(key("n0")).expiration()).isNull();
		assertThat(byName.get(key("n1")).metadata()).isNull();
		assertThat(byName.get(key("n1")).expiration()).isBetween(before.plus(DAY).minusSeconds(2),
				Instant.now().plus(DAY).plusSeconds(2));
	}

	@Test
	void takesTheShortestLifetime() {
		await(this.kv.client().put(new KvPair(key("a"), "v", KvLimits.MIN_TTL)));
		assertThat(this.kv.get(key("a"))).hasValue("v");
	}

	@Test
	void looksItsAccountUp() {
		KvConnection known = connection();
		KvConnection unknown = new KvConnection(known.baseUrl(), null, known.namespaceId(), known.apiToken());
		try (ContractClient client = new ContractClient(unknown)) {
			assertThat(client.get(key("a"))).isEmpty();
		}
	}

	@Test
	@DisplayName("P8 a wrong token, namespace or account is an error, and never absence")
	void tellsWrongSettingsFromAbsence() {
		KvConnection right = connection();
		String other = "ffffffffffffffffffffffffffffffff";
		assertFails(new KvConnection(right.baseUrl(), right.accountId(), right.namespaceId(), other),
				KvAuthorizationException.class);
		assertFails(new KvConnection(right.baseUrl(), other, right.namespaceId(), right.apiToken()),
				KvAuthorizationException.class);
		assertFails(new KvConnection(right.baseUrl(), right.accountId(), other, right.apiToken()),
				KvNamespaceNotFoundException.class);
	}

	private void assertFails(KvConnection connection, Class<? extends KvException> type) {
		try (ContractClient wrong = new ContractClient(connection)) {
			Failed.failure(wrong.client().get(key("a")), type);
			Failed.failure(wrong.client().getAll(List.of(key("a"))), type);
			Failed.failure(wrong.client().put(new KvPair(key("a"), "v", DAY)), type);
			Failed.failure(wrong.client().delete(key("a")), type);
		}
	}

	private KvBulkResult putAll(Map<String, String> values) {
		return await(this.kv.client()
			.putAll(values.entrySet().stream().map((one) -> new KvPair(one.getKey(), one.getValue(), DAY)).toList()));
	}

	private String key(String name) {
		return this.prefix + name;
	}

	private static <T> T await(CompletionStage<T> stage) {
		return stage.toCompletableFuture().join();
	}

}
