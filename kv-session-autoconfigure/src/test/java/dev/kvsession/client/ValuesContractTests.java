package dev.kvsession.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.client.rest.RestKvClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link KvClient} promises of single keys.
 */
@EachKv
class ValuesContractTests {

	private static final String TEXT = "é \uD83D\uDE00 ß\u2028 \"\\\r\n\t\u0000 end";

	private final ContractClient contract;

	private final RestKvClient client;

	ValuesContractTests(TestKv kv) {
		this.contract = ContractClient.of(kv);
		this.client = this.contract.client();
	}

	@AfterEach
	void close() {
		this.contract.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", TEXT, "{\"success\":false,\"errors\":[{\"code\":971}]}", "<html>" })
	void readsWhatWasWritten(String value) {
		String key = ContractClient.unique("value");
		write(new KvPair(key, value, null));
		assertThat(ContractClient.join(this.client.get(key))).contains(value);
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.client.KeySamples#encoded")
	void takesAllKeys(String key, String encoded) {
		write(new KvPair(key, encoded, null));
		assertThat(ContractClient.join(this.client.get(key))).contains(encoded);
		assertThat(ContractClient.join(this.client.getAll(List.of(key)))).isEqualTo(Map.of(key, encoded));
		ContractClient.join(this.client.delete(key));
		assertThat(ContractClient.join(this.client.get(key))).isEmpty();
	}

	@Test
	void keepsOddKeysApart() {
		String odd = ContractClient.unique("session:a/é+ %&=#?");
		write(new KvPair(odd, "odd", null));
		write(new KvPair(odd.replace('+', ' '), "blank", null));
		write(new KvPair(odd.replace("%", "%25"), "encoded", null));
		assertThat(ContractClient.join(this.client.get(odd))).contains("odd");
		assertThat(ContractClient.join(this.client.get(odd.replace("/", "%2F")))).isEmpty();
	}

	@Test
	@DisplayName("P8 what was never written, or deleted, is absent")
	void tellsAbsence() {
		String key = ContractClient.unique("absent");
		assertThat(ContractClient.join(this.client.get(key))).isEmpty();
		ContractClient.join(this.client.delete(key));
		write(new KvPair(key, "v", null));
		ContractClient.join(this.client.delete(key));
		ContractClient.join(this.client.delete(key));
		assertThat(ContractClient.join(this.client.get(key))).isEmpty();
	}

	@Test
	void replacesValueLifetimeAndMetadata() {
		String key = ContractClient.unique("replaced");
		write(new KvPair(key, "old", KvLimits.MIN_TTL, "{\"m\":\"é\"}"));
		assertThat(listed(key).metadata()).isEqualTo("{\"m\":\"é\"}");
		assertThat(listed(key).expiration()).isNotNull();
		write(new KvPair(key, "new", null));
		assertThat(listed(key)).isEqualTo(new KvKeyPage.Key(key, null, null));
		assertThat(ContractClient.join(this.client.get(key))).contains("new");
	}

	@Test
	void writesMetadataBesideAnyValue() {
		String key = ContractClient.unique("metadata");
		write(new KvPair(key, "\r\n--kv-session-0--\r\n" + TEXT, Duration.ofHours(1), "[1,null]"));
		assertThat(listed(key).metadata()).isEqualTo("[1,null]");
		assertThat(ContractClient.join(this.client.get(key))).contains("\r\n--kv-session-0--\r\n" + TEXT);
	}

	@Test
	@DisplayName("P7 lifetimes from the shortest to the longest are taken")
	void takesLifetimes() {
		String shortest = ContractClient.unique("lifetime");
		String longest = ContractClient.unique("lifetime");
		write(new KvPair(shortest, "v", KvLimits.MIN_TTL));
		write(new KvPair(longest, "v", KvLimits.MAX_TTL));
		Duration between = Duration.between(listed(shortest).expiration(), listed(longest).expiration());
		assertThat(between).isCloseTo(KvLimits.MAX_TTL.minus(KvLimits.MIN_TTL), Duration.ofSeconds(30));
	}

	@Test
	void carriesLargeValues() {
		String key = ContractClient.unique("large");
		String megabyte = "é\"".repeat(350_000);
		write(new KvPair(key, megabyte, Duration.ofHours(1)));
		assertThat(ContractClient.join(this.client.get(key)).orElseThrow().equals(megabyte)).isTrue();
	}

	@Test
	void carriesTheLargestMetadata() {
		String key = ContractClient.unique("large");
		String metadata = "\"" + "x".repeat(KvLimits.MAX_METADATA_BYTES - 2) + "\"";
		write(new KvPair(key, "v", null, metadata));
		assertThat(listed(key).metadata()).isEqualTo(metadata);
	}

	private void write(KvPair pair) {
		ContractClient.join(this.client.put(pair));
	}

	private KvKeyPage.Key listed(String key) {
		return ContractClient.join(this.client.list(key, null, 10)).keys().get(0);
	}

}
