package dev.kvsession.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class ValueTests {

	private final CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong());

	@Test
	void valueComesBackRaw() {
		byte[] bytes = new byte[256];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		KvEmulatorResponse put = this.kv.call("PUT", CoreDriver.namespacePath() + "/values/k", bytes, Map.of());
		assertThat(CoreDriver.text(put)).isEqualTo("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":{}}");
		KvEmulatorResponse get = this.kv.get("k");
		assertThat(get.status()).isEqualTo(200);
		assertThat(get.body()).isEqualTo(bytes);
		assertThat(get.headers()).doesNotContainKey("expiration");
	}

	@Test
	void absentKeyIs10009InTheEnvelope() {
		KvEmulatorResponse get = this.kv.get("k");
		assertThat(get.status()).isEqualTo(404);
		assertThat(CoreDriver.text(get)).isEqualTo("{\"success\":false,\"errors\":[{\"code\":10009,"
				+ "\"message\":\"get: 'key not found'\"}],\"messages\":[],\"result\":null}");
	}

	@Test
	void ttlEndsTheValueAndIsToldInAHeader() {
		this.kv.putFor("k", "v", 60);
		assertThat(this.kv.get("k").headers()).containsEntry("expiration",
				Long.toString(this.kv.now().getEpochSecond() + 60));
		assertThat(this.kv.advance(Duration.ofSeconds(59)).read("k")).isEqualTo("v");
		assertThat(this.kv.advance(Duration.ofSeconds(1)).read("k")).isEqualTo("-");
	}

	@Test
	void expirationIsAbsoluteAndTheTtlWins() {
		long end = this.kv.now().getEpochSecond() + 100;
		this.kv.kv("PUT", "/values/a?expiration=" + end, "v");
		this.kv.kv("PUT", "/values/b?expiration=" + end + "&expiration_ttl=70", "v");
		this.kv.advance(Duration.ofSeconds(70));
		assertThat(this.kv.read("a")).isEqualTo("v");
		assertThat(this.kv.read("b")).isEqualTo("-");
		assertThat(this.kv.advance(Duration.ofSeconds(30)).read("a")).isEqualTo("-");
	}

	@Test
	void rewritingWithoutTtlMakesTheKeyImmortal() {
		this.kv.putFor("k", "v", 60);
		this.kv.put("k", "w");
		assertThat(this.kv.advance(Duration.ofDays(900)).read("k")).isEqualTo("w");
	}

	@ParameterizedTest
	@ValueSource(strings = { "expiration_ttl=59", "expiration_ttl=0", "expiration_ttl=-1", "expiration_ttl=x",
			"expiration_ttl=", "expiration_ttl=2147483648", "expiration_ttl=99999999999", "expiration=1",
			"expiration=1795255259", "expiration=4000000000000" })
	void refusesAWrongExpiry(String query) {
		assertThat(CoreDriver.error(this.kv.kv("PUT", "/values/k?" + query, "v"))).isEqualTo("400/10034");
		assertThat(this.kv.contents().get("k")).isNull();
	}

	@Test
	void acceptsTheBoundsOfTheTtl() {
		assertThat(this.kv.putFor("k", "v", 60).status()).isEqualTo(200);
		assertThat(this.kv.putFor("k", "v", Integer.MAX_VALUE).status()).isEqualTo(200);
		assertThat(this.kv.kv("PUT", "/values/k?expiration=" + (this.kv.now().getEpochSecond() + 60), "v").status())
			.isEqualTo(200);
	}

	@Test
	void deleteIsIdempotent() {
		this.kv.put("k", "v");
		assertThat(this.kv.delete("k").status()).isEqualTo(200);
		assertThat(this.kv.read("k")).isEqualTo("-");
		assertThat(this.kv.delete("k").status()).isEqualTo(200);
	}

	@Test
	void multipartCarriesMetadata() {
		String body = "--b\r\nContent-Disposition: form-data; name=\"value\"; filename=\"f\"\r\n\r\nline\r\nline\r\n"
				+ "--b\r\ncontent-disposition: form-data; name=\"metadata\"\r\n\r\n{\"a\":1}\r\n--b--\r\n";
		KvEmulatorResponse put = multipart(body);
		assertThat(put.status()).isEqualTo(200);
		assertThat(this.kv.read("k")).isEqualTo("line\r\nline");
		assertThat(CoreDriver.json(this.kv.kv("GET", "/metadata/k", "")).at("/result/a").asInt()).isEqualTo(1);
	}

	@Test
	void plainPutReplacesMetadataToo() {
		multipart("--b\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\nv\r\n"
				+ "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{\"a\":1}\r\n--b--\r\n");
		this.kv.put("k", "v");
		assertThat(CoreDriver.json(this.kv.kv("GET", "/metadata/k", "")).get("result").isNull()).isTrue();
		assertThat(CoreDriver.error(this.kv.kv("GET", "/metadata/absent", ""))).isEqualTo("404/10009");
	}

	@Test
	void refusesMultipartWithoutValueOrWithBrokenMetadata() {
		assertThat(CoreDriver.error(multipart("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nv\r\n--b--")))
			.isEqualTo("400/10012");
		assertThat(CoreDriver.error(multipart("--b\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\nv\r\n"
				+ "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{a\r\n--b--")))
			.isEqualTo("400/10012");
	}

	@Test
	void refusesMetadataOver1024Bytes() {
		assertThat(multipartMetadata(1024).status()).isEqualTo(200);
		assertThat(multipartMetadata(1025).status()).isEqualTo(413);
	}

	@Test
	void refusesAValueOver25MiB() {
		byte[] limit = new byte[25 * 1024 * 1024];
		String target = CoreDriver.namespacePath() + "/values/k";
		assertThat(this.kv.call("PUT", target, limit, Map.of()).status()).isEqualTo(200);
		assertThat(this.kv.call("PUT", target, new byte[limit.length + 1], Map.of()).status()).isEqualTo(413);
	}

	@Test
	void refusesAKeyOver512BytesOnceDecoded() {
		assertThat(this.kv.put("%C3%A9".repeat(256), "v").status()).isEqualTo(200);
		assertThat(this.kv.contents().keys("")).containsExactly("é".repeat(256));
		assertThat(this.kv.put("%C3%A9".repeat(256) + "a", "v").status()).isEqualTo(414);
		assertThat(this.kv.get("a".repeat(513)).status()).isEqualTo(414);
	}

	@Test
	void decodesKeysOnceAndLeavesAPlusAlone() {
		this.kv.put("a%2Fb%20c+d%25e%3A%F0%9F%98%80", "v");
		assertThat(this.kv.contents().keys("")).containsExactly("a/b c+d%e:\uD83D\uDE00");
		this.kv.put("%252e", "v");
		assertThat(this.kv.contents().keys("%")).containsExactly("%2e");
		assertThat(CoreDriver.error(this.kv.put("%FF", "v"))).isEqualTo("400/10012");
	}

	private KvEmulatorResponse multipartMetadata(int bytes) {
		return multipart("--b\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\nv\r\n"
				+ "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n\"" + "m".repeat(bytes - 2)
				+ "\"\r\n--b--\r\n");
	}

	private KvEmulatorResponse multipart(String body) {
		return this.kv.call("PUT", CoreDriver.namespacePath() + "/values/k", body.getBytes(StandardCharsets.UTF_8),
				Map.of("content-type", "multipart/form-data; boundary=b"));
	}

}
