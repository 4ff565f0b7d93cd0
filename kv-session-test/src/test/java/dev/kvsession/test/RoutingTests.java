package dev.kvsession.test;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingTests {

	private final CoreDriver kv = new CoreDriver(KvEmulatorSettings.strong());

	@ParameterizedTest
	@CsvSource({ "a/../../keys", "a/%2e%2E/%2e./keys", "..\\keys", ".%2E/keys", "./../keys" })
	void dotSegmentsEscapeFromTheKey(String key) {
		this.kv.put("k", "v");
		KvEmulatorResponse response = this.kv.get(key);
		assertThat(response.status()).isEqualTo(200);
		assertThat(CoreDriver.json(response).at("/result/0/name").asString()).isEqualTo("k");
		assertThat(this.kv.core.log().calls(KvCallKind.LIST)).hasSize(1);
	}

	@Test
	void deletingTheKeyDotDotDeletesTheNamespace() {
		this.kv.put("k", "v");
		assertThat(this.kv.delete("%2e%2e").status()).isEqualTo(200);
		assertThat(CoreDriver.error(this.kv.get("k"))).isEqualTo("404/10013");
		this.kv.core.reset();
		assertThat(CoreDriver.error(this.kv.get("k"))).isEqualTo("404/10009");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/values/", "/values/.", "/values/a/b", "/values", "/metadata/", "/other", "/keys/x" })
	void otherPathsDoNotRoute(String path) {
		assertThat(CoreDriver.error(this.kv.kv("GET", path, ""))).isEqualTo("404/7003");
	}

	@ParameterizedTest
	@CsvSource({ "POST,/values/k", "GET,/bulk", "PUT,/bulk/get", "PATCH,/keys" })
	void otherMethodsDoNotRoute(String method, String path) {
		assertThat(CoreDriver.error(this.kv.kv(method, path, ""))).isEqualTo("404/7003");
	}

	@Test
	void wrongIdsAreNotAbsentKeys() {
		String account = "/accounts/" + KvEmulatorCore.ACCOUNT_ID + "/storage/kv/namespaces/";
		String tail = "/values/k";
		assertThat(error(account + "f".repeat(32) + tail)).isEqualTo("404/10013");
		assertThat(error(account + "no-id" + tail)).isEqualTo("404/7003");
		assertThat(
				error("/accounts/" + "f".repeat(32) + "/storage/kv/namespaces/" + KvEmulatorCore.NAMESPACE_ID + tail))
			.isEqualTo("403/10000");
		assertThat(error("/accounts/no-id/storage/kv/namespaces/" + KvEmulatorCore.NAMESPACE_ID + tail))
			.isEqualTo("404/7003");
		assertThat(this.kv.core.log().count(KvCallKind.GET)).isEqualTo(4);
	}

	@Test
	void wrongOrMissingTokenIsRefusedFirst() {
		this.kv.headers(Map.of("Authorization", "Bearer wrong"));
		assertThat(CoreDriver.error(this.kv.put("k", "v"))).isEqualTo("401/10000");
		assertThat(error("/nowhere")).isEqualTo("401/10000");
		assertThat(error("/user/tokens/verify")).isEqualTo("401/1000");
		this.kv.headers(Map.of());
		assertThat(CoreDriver.error(this.kv.put("k", "v"))).isEqualTo("400/9106");
		assertThat(this.kv.contents().keys("")).isEmpty();
	}

	@Test
	void accountsComeInPages() {
		assertThat(CoreDriver.json(this.kv.call("GET", "/accounts", "")).at("/result/0/id").asString())
			.isEqualTo(KvEmulatorCore.ACCOUNT_ID);
		this.kv.core.reconfigure(KvEmulatorSettings.strong().withAccounts(3));
		KvEmulatorResponse second = this.kv.call("GET", "/accounts?page=2&per_page=2", "");
		assertThat(CoreDriver.text(second)).endsWith(
				"\"result_info\":" + "{\"page\":2,\"per_page\":2,\"total_pages\":2,\"count\":1,\"total_count\":3}}");
		this.kv.core.reconfigure(KvEmulatorSettings.strong().withAccounts(0));
		assertThat(CoreDriver.json(this.kv.call("GET", "/accounts", "")).get("result")).isEmpty();
	}

	@Test
	void tokenAndNamespaceDescribeThemselves() {
		assertThat(CoreDriver.json(this.kv.call("GET", "/user/tokens/verify", "")).at("/result/status").asString())
			.isEqualTo("active");
		assertThat(CoreDriver.json(this.kv.kv("GET", "", "")).at("/result/id").asString())
			.isEqualTo(KvEmulatorCore.NAMESPACE_ID);
		String namespaces = CoreDriver.namespacePath().substring(0, CoreDriver.namespacePath().lastIndexOf('/'));
		assertThat(CoreDriver.json(this.kv.call("GET", namespaces, "")).at("/result/0/id").asString())
			.isEqualTo(KvEmulatorCore.NAMESPACE_ID);
	}

	private String error(String target) {
		return CoreDriver.error(this.kv.call("GET", target, ""));
	}

}
