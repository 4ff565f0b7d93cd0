package dev.kvsession.autoconfigure.aot;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.kvsession.autoconfigure.server.Browser;
import dev.kvsession.autoconfigure.server.ShopApplication;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that was processed ahead of time, as everybody builds it: without the
 * token.
 */
class AheadOfTimeTests {

	@TempDir
	static Path directory;

	private static KvEmulator kv;

	private static AotBuild build;

	@BeforeAll
	static void build() {
		kv = KvEmulator.start(KvEmulatorSettings.strong());
		build = AotBuild.of(AotShopApplication.class, directory);
	}

	@AfterAll
	static void stop() {
		kv.close();
	}

	@Test
	@DisplayName("P3 an application built ahead of time without the token keeps its sessions in KV")
	void keepsSessionsInKv() {
		try (AotBuild.Running shop = build.run(environment())) {
			Browser browser = new Browser(shop.url());
			assertThat(browser.login().statusCode()).isEqualTo(302);
			assertThat(browser.get("/put").body()).isEqualTo("put");
			assertThat(browser.get("/me").body()).isEqualTo("ada");
			assertThat(kv.log().count(KvCallKind.PUT)).isPositive();
			assertThat(shop.log()).contains("Starting AOT-processed AotShopApplication",
					"Sessions are kept in Cloudflare KV");
			readsSessionsOfOthers(shop);
		}
	}

	private static void readsSessionsOfOthers(AotBuild.Running shop) {
		String cookie;
		try (ShopApplication.Running other = ShopApplication.start(kv)) {
			Browser browser = new Browser(other);
			browser.login();
			browser.get("/add/tea");
			cookie = browser.cookie();
		}
		Browser later = new Browser(shop.url()).withCookie(cookie);
		assertThat(later.get("/me").body()).isEqualTo("ada");
		assertThat(later.get("/items").body()).isEqualTo("tea");
	}

	@Test
	@DisplayName("built ahead of time and started without a token, the application says what to do")
	void saysWhatIsMissing() {
		assertThat(build.failedRun(Map.of())).contains("APPLICATION FAILED TO START")
			.contains("cloudflare.kv.namespace-id and cloudflare.kv.api-token are missing or blank")
			.contains("built ahead of time");
	}

	@Test
	@DisplayName("P7 what the annotation sets holds also where the application was built ahead of time")
	void keepsWhatTheAnnotationSets(@TempDir Path other) {
		AotBuild annotated = AotBuild.of(AotAnnotatedApplication.class, other);
		try (AotBuild.Running shop = annotated.run(environment())) {
			kv.log().clear();
			assertThat(new Browser(shop.url()).login().statusCode()).isEqualTo(302);
			assertThat(kv.log().calls(KvCallKind.PUT)).singleElement()
				.satisfies((put) -> assertThat(put.ttl(put.key())).isEqualTo(600));
		}
	}

	@Test
	@DisplayName("built ahead of time with sessions switched off and started with them, the application says so")
	void saysThatItWasBuiltOtherwise(@TempDir Path other) {
		AotBuild off = AotBuild.of(AotShopApplication.class, other, "cloudflare.kv.session.enabled=false");
		assertThat(off.failedRun(environment())).contains("APPLICATION FAILED TO START")
			.contains("cloudflare.kv.namespace-id", "ahead of time (AOT)");
		try (AotBuild.Running shop = off.run(Map.of())) {
			assertThat(shop.log()).contains("Sessions stay in the servlet container");
		}
	}

	private static Map<String, String> environment() {
		Map<String, String> environment = new TreeMap<>();
		kv.properties()
			.forEach((name, value) -> environment.put(name.toUpperCase(Locale.ROOT).replace(".", "_").replace("-", ""),
					String.valueOf(value)));
		return environment;
	}

}
