package dev.kvsession.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.client.rest.RestKvClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link KvClient} promises of many keys, and of listings.
 */
@EachKv
class BulkContractTests {

	private final ContractClient contract;

	private final RestKvClient client;

	private final String prefix = ContractClient.unique("bulk é/");

	BulkContractTests(TestKv kv) {
		this.contract = ContractClient.of(kv);
		this.client = this.contract.client();
	}

	@AfterEach
	void close() {
		this.contract.close();
	}

	@Test
	void readsPresentAndAbsentKeys() {
		writeAll(1);
		assertThat(ContractClient.join(this.client.getAll(List.of(key(0), key(1), key(0)))))
			.isEqualTo(Map.of(key(0), "value 0"));
		assertThat(ContractClient.join(this.client.getAll(List.of(key(1))))).isEmpty();
	}

	@Test
	void readsAsManyAsOneCallCarries() {
		writeAll(205);
		Map<String, String> found = ContractClient
			.join(this.client.getAll(keys(IntStream.iterate(8, (i) -> i < 208, (i) -> i + 2))));
		assertThat(found).hasSize(99).containsEntry(key(204), "value 204").doesNotContainKey(key(9));
	}

	@Test
	void writesLifetimeAndMetadataOfEachPair() {
		List<KvPair> pairs = List.of(new KvPair(key(0), "", KvLimits.MIN_TTL, "{\"m\":[\"é\"]}"),
				new KvPair(key(1), "é \uD83D\uDE00 \"\\\n\u0000", Duration.ofHours(2)),
				new KvPair(key(2), "for ever", null));
		assertThat(ContractClient.join(this.client.putAll(pairs)).unsuccessfulKeys()).isEmpty();
		pairs.forEach((pair) -> assertThat(ContractClient.join(this.client.get(pair.key()))).contains(pair.value()));
		List<KvKeyPage.Key> listed = ContractClient.join(this.client.list(this.prefix, null, 10)).keys();
		assertThat(listed).extracting(KvKeyPage.Key::metadata).containsExactly("{\"m\":[\"é\"]}", null, null);
		assertThat(Duration.between(listed.get(0).expiration(), listed.get(1).expiration()))
			.isCloseTo(Duration.ofMinutes(119), Duration.ofSeconds(30));
		assertThat(listed.get(2).expiration()).isNull();
	}

	@Test
	void deletesPresentAndAbsentKeys() {
		writeAll(12);
		List<String> most = keys(IntStream.range(1, 20));
		assertThat(ContractClient.join(this.client.deleteAll(most)).unsuccessfulKeys()).isEmpty();
		assertThat(ContractClient.join(this.client.getAll(keys(IntStream.range(0, 12))))).containsOnlyKeys(key(0));
	}

	@Test
	void carriesManyLargeValues() {
		String large = "x\"é".repeat(50_000);
		List<KvPair> pairs = IntStream.range(0, 20)
			.mapToObj((i) -> new KvPair(key(i), large + i, Duration.ofHours(1)))
			.toList();
		assertThat(ContractClient.join(this.client.putAll(pairs)).unsuccessfulKeys()).isEmpty();
		Map<String, String> found = ContractClient.join(this.client.getAll(keys(IntStream.range(0, 20))));
		assertThat(found.equals(pairs.stream().collect(Collectors.toMap(KvPair::key, KvPair::value)))).isTrue();
	}

	@Test
	void listsPagesInTheOrderOfKeys() {
		writeAll(25);
		List<String> listed = new ArrayList<>();
		List<Integer> sizes = new ArrayList<>();
		String cursor = null;
		do {
			KvKeyPage page = ContractClient.join(this.client.list(this.prefix, cursor, 10));
			page.keys().forEach((key) -> listed.add(key.name()));
			sizes.add(page.keys().size());
			cursor = page.cursor();
		}
		while (cursor != null);
		assertThat(listed).containsExactlyElementsOf(keys(IntStream.range(0, 25)).stream().sorted().toList());
		assertThat(sizes).startsWith(10, 10, 5);
	}

	@Test
	void listsNothing() {
		assertThat(ContractClient.join(this.client.list(this.prefix, null, 1000)))
			.isEqualTo(new KvKeyPage(List.of(), null));
	}

	private void writeAll(int count) {
		List<KvPair> pairs = IntStream.range(0, count)
			.mapToObj((i) -> new KvPair(key(i), "value " + i, Duration.ofHours(1)))
			.toList();
		assertThat(ContractClient.join(this.client.putAll(pairs)).unsuccessfulKeys()).isEmpty();
	}

	private List<String> keys(IntStream numbers) {
		return numbers.mapToObj(this::key).toList();
	}

	private String key(int number) {
		return this.prefix + number;
	}

}
