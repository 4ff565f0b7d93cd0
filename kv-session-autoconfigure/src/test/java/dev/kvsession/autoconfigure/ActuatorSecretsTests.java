package dev.kvsession.autoconfigure;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.autoconfigure.bean.KvCallObservers;
import dev.kvsession.autoconfigure.server.Browser;
import dev.kvsession.autoconfigure.server.ShopApplication;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that exposes the whole actuator, with all details and, against all
 * advice, all values.
 */
class ActuatorSecretsTests {

	private static final String SECRET = "a-secret-that-nobody-may-ever-see-anywhere";

	private static final String SIGNING_KEY = "YS1zaWduaW5nLWtleS10aGF0LW5vYm9keS1tYXktc2Vl";

	private static final String ENCRYPTION_KEY = "YW4tZW5jcnlwdGlvbi1rZXktbm9ib2R5LW1heS1zZWUh";

	private static final String COMMAND = "test.java.command";

	private static final String OTHER_NAME = "CF_HANDOFF";

	private static KvEmulator kv;

	private static ShopApplication.Running shop;

	private static Browser browser;

	@BeforeAll
	static void start() {
		kv = KvEmulator.start(KvEmulatorSettings.strong());
		System.setProperty(COMMAND, "shop.jar --cloudflare.kv.api-token=" + token());
		System.setProperty(OTHER_NAME, SECRET);
		shop = ShopApplication.start(kv, "management.endpoints.web.exposure.include=*",
				"management.endpoint.health.show-details=always", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "cloudflare.kv.secret=${" + OTHER_NAME + "}",
				"cloudflare.kv.session.id.signing-keys[0]=a:" + SIGNING_KEY,
				"cloudflare.kv.session.id.signing-mode=read",
				"cloudflare.kv.session.encryption.keys=b:" + ENCRYPTION_KEY,
				"cloudflare.kv.session.encryption.mode=read");
		browser = new Browser(shop);
		browser.login();
		browser.get("/put");
		browser.get("/me");
	}

	@AfterAll
	static void stop() {
		shop.close();
		kv.close();
		System.clearProperty(COMMAND);
		System.clearProperty(OTHER_NAME);
	}

	@Test
	@DisplayName("P12 no endpoint shows the token, the secret, a key or the id of a session")
	void noEndpointShowsASecret() {
		Map<String, String> pages = pages();
		assertThat(pages).containsKeys("/actuator/health", "/actuator/env", "/actuator/configprops", "/actuator/beans",
				"/actuator/metrics", "/actuator/metrics/kv.circuit.state", "/actuator/prometheus",
				"/actuator/threaddump", "/actuator/conditions");
		assertThat(pages).allSatisfy((path, page) -> assertThat(page).as(path)
			.doesNotContain(token(), SECRET, SIGNING_KEY, ENCRYPTION_KEY, browser.cookie(), sessionId()));
	}

	@Test
	@DisplayName("P12 env and configprops mask the token and the secret where all values are shown")
	void masksTokenAndSecret() {
		String env = page("/actuator/env");
		assertThat(env).contains("cloudflare.kv.namespace-id", namespaceId(), COMMAND, OTHER_NAME);
		assertThat(json("/actuator/env/cloudflare.kv.api-token").at("/property/value").asString()).isEqualTo("******");
		assertThat(json("/actuator/env/cloudflare.kv.secret").at("/property/value").asString()).isEqualTo("******");
		assertThat(json("/actuator/env/cloudflare.kv.session.id.signing-keys%5B0%5D").at("/property/value").asString())
			.isEqualTo("******");
		assertThat(json("/actuator/env/cloudflare.kv.session.encryption.keys").at("/property/value").asString())
			.isEqualTo("******");
		assertThat(page("/actuator/configprops/cloudflare.kv.session.id")).contains("signingKeys");
		assertThat(page("/actuator/configprops/cloudflare.kv")).contains(namespaceId())
			.contains("******")
			.doesNotContain(token());
	}

	@Test
	@DisplayName("P12 the sessions endpoint shows names of attributes, not their values")
	void sessionsShowNamesOnly() {
		String session = page("/actuator/sessions/" + sessionId());
		assertThat(session).contains("cart", "SPRING_SECURITY_CONTEXT").doesNotContain("tea", "ada", token(), SECRET);
	}

	@Test
	void healthTellsOfTheEngineAndSpendsNoCall() {
		browser.get("/me");
		kv.log().clear();
		JsonNode health = json("/actuator/health/kv");
		assertThat(health.path("status").asString()).isEqualTo("UP");
		assertThat(health.at("/details/circuit").asString()).isEqualTo("closed");
		page("/actuator/prometheus");
		page("/actuator/health");
		assertThat(kv.log().calls()).isEmpty();
	}

	@Test
	void metersAreExported() {
		KvCallObserver observer = KvCallObservers
			.of(shop.context().getBeanProvider(KvCallObserver.class).orderedStream());
		observer.started("bulk put", 2).ended(null);
		assertThat(page("/actuator/prometheus")).contains("kv_session_records_total ")
			.contains("kv_calls_items_count{operation=\"bulk_put\"} ")
			.containsPattern("kv_calls_seconds_count\\{error=\"none\",operation=\"bulk_put\",outcome=\"success\"\\} ");
	}

	private static Map<String, String> pages() {
		List<String> paths = new ArrayList<>();
		json("/actuator").path("_links").forEach((link) -> {
			String path = link.path("href").asString().substring(shop.url().length());
			// Sessions are found by their id alone.
			if (!path.contains("{") && !path.equals("/actuator/sessions")) {
				paths.add(path);
			}
		});
		json("/actuator/metrics").path("names").forEach((name) -> paths.add("/actuator/metrics/" + name.asString()));
		Map<String, String> pages = new LinkedHashMap<>();
		paths.forEach((path) -> pages.put(path, page(path)));
		return pages;
	}

	private static String page(String path) {
		HttpResponse<String> answer = browser.getAny(path);
		assertThat(answer.statusCode()).as(path).isEqualTo(200);
		return answer.body();
	}

	private static JsonNode json(String path) {
		return JsonMapper.shared().readTree(page(path));
	}

	private static String token() {
		return kv.properties().get("cloudflare.kv.api-token").toString();
	}

	private static String namespaceId() {
		return kv.properties().get("cloudflare.kv.namespace-id").toString();
	}

	private static String sessionId() {
		return new String(Base64.getDecoder().decode(browser.cookie()));
	}

}
