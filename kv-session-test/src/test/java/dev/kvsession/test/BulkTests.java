package dev.kvsession.test;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class BulkTests {

	private final CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong());

	@Test
	void bulkPutWritesEachPairWithItsOwnExpiryAndMetadata() {
		String bytes = Base64.getEncoder().encodeToString(new byte[] { (byte) 0xff, 0 });
		KvEmulatorResponse put = this.kv.kv("PUT", "/bulk",
				"[{\"key\":\"a\",\"value\":\"é\",\"expiration_ttl\":60,\"metadata\":{\"m\":1}},"
						+ "{\"key\":\"b\",\"value\":\"" + bytes + "\",\"base64\":true}]");
		assertThat(CoreDriver.text(put)).contains("\"result\":{\"successful_key_count\":2,\"unsuccessful_keys\":[]}");
		assertThat(this.kv.contents().get("b").value()).containsExactly(0xff, 0);
		assertThat(this.kv.contents().get("a").text()).isEqualTo("é");
		assertThat(this.kv.contents().get("a").metadata()).isEqualTo("{\"m\":1}");
		this.kv.advance(Duration.ofSeconds(60));
		assertThat(this.kv.contents().keys("")).containsExactly("b");
	}

	@Test
	void theLastOfTwoEqualKeysCounts() {
		KvEmulatorResponse put = this.kv.kv("PUT", "/bulk",
				"[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"a\",\"value\":\"2\"}]");
		assertThat(CoreDriver.json(put).at("/result/successful_key_count").asInt()).isEqualTo(1);
		assertThat(this.kv.read("a")).isEqualTo("2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{}", "[1]", "[{\"key\":\"a\"}]", "[{\"value\":\"a\"}]",
			"[{\"key\":\"a\",\"value\":1}]", "[{\"key\":\"\",\"value\":\"v\"}]", "[{\"key\":\"..\",\"value\":\"v\"}]",
			"[{\"key\":\"a\",\"value\":\"%\",\"base64\":true}]" })
	void refusesABrokenBulkPutWhole(String body) {
		assertThat(CoreDriver.error(this.kv.kv("PUT", "/bulk", body))).isEqualTo("400/10012");
	}

	@Test
	void onePairWithAWrongTtlFailsAll() {
		KvEmulatorResponse put = this.kv.kv("PUT", "/bulk",
				"[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"2\",\"expiration_ttl\":59}]");
		assertThat(CoreDriver.error(put)).isEqualTo("400/10034");
		assertThat(this.kv.contents().keys("")).isEmpty();
	}

	@Test
	void refusesMoreThan10000Pairs() {
		assertThat(this.kv.kv("PUT", "/bulk", pairs(10_000)).status()).isEqualTo(200);
		assertThat(this.kv.contents().keys("")).hasSize(10_000);
		assertThat(this.kv.kv("PUT", "/bulk", pairs(10_001)).status()).isEqualTo(400);
		assertThat(this.kv.kv("POST", "/bulk/delete", keys(10_001)).status()).isEqualTo(400);
		assertThat(this.kv.kv("POST", "/bulk/delete", keys(10_000)).status()).isEqualTo(200);
		assertThat(this.kv.contents().keys("")).isEmpty();
	}

	@Test
	void refusesABodyOver100Megabytes() {
		byte[] body = new byte[100_000_001];
		assertThat(this.kv.call("PUT", CoreDriver.namespacePath() + "/bulk", body, Map.of()).status()).isEqualTo(413);
	}

	@Test
	void bulkGetReadsPresentAndAbsentKeys() {
		this.kv.put("a", "1");
		JsonNode values = bulkGet("{\"keys\":[\"a\",\"b\"]}");
		assertThat(values.toString()).isEqualTo("{\"a\":\"1\",\"b\":null}");
		assertThat(bulkGet("{\"keys\":[\"a\"],\"type\":\"json\"}").toString()).isEqualTo("{\"a\":1}");
	}

	@Test
	void bulkGetTellsMetadataAndExpirationWhenAsked() {
		this.kv.kv("PUT", "/bulk", "[{\"key\":\"a\",\"value\":\"1\",\"expiration_ttl\":60,\"metadata\":[]}]");
		this.kv.put("b", "2");
		assertThat(bulkGet("{\"keys\":[\"a\",\"b\",\"c\"],\"withMetadata\":true}").toString())
			.isEqualTo("{\"a\":{\"value\":\"1\",\"metadata\":[],\"expiration\":" + (this.kv.now().getEpochSecond() + 60)
					+ "},\"b\":{\"value\":\"2\",\"metadata\":null},\"c\":null}");
	}

	@Test
	void bulkGetCannotCarryBinary() {
		this.kv.call("PUT", CoreDriver.namespacePath() + "/values/a", new byte[] { (byte) 0xff, (byte) 0xfe },
				Map.of());
		assertThat(bulkGet("{\"keys\":[\"a\"]}").get("a").asString()).isEqualTo("\uFFFD\uFFFD");
	}

	@Test
	void refuses101Keys() {
		assertThat(this.kv.kv("POST", "/bulk/get", "{\"keys\":" + keys(100) + "}").status()).isEqualTo(200);
		assertThat(CoreDriver.error(this.kv.kv("POST", "/bulk/get", "{\"keys\":" + keys(101) + "}")))
			.isEqualTo("400/10029");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{}", "{\"keys\":[]}", "{\"keys\":[1]}", "{\"keys\":[\"a\"],\"type\":\"x\"}" })
	void refusesABrokenBulkGet(String body) {
		this.kv.put("a", "1");
		assertThat(CoreDriver.error(this.kv.kv("POST", "/bulk/get", body))).isEqualTo("400/10012");
	}

	private JsonNode bulkGet(String body) {
		return CoreDriver.json(this.kv.kv("POST", "/bulk/get", body)).at("/result/values");
	}

	private static String pairs(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> "{\"key\":\"k" + i + "\",\"value\":\"v\"}")
			.collect(Collectors.joining(",", "[", "]"));
	}

	private static String keys(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "\"k" + i + "\"").collect(Collectors.joining(",", "[", "]"));
	}

}
