package dev.kvsession.autoconfigure;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvEmulatorCore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No key of handoff cookies is derived from a text that others can guess: whoever knows
 * the key makes sessions.
 */
class KeyMaterialTests {

	private static final String TOKEN = "cloudflare.kv.api-token=";

	private static final String SECRET = "cloudflare.kv.secret=";

	private static final String RANDOM = SECRET + "9d0f3c1b7a5e4826b1c0d9e8f7a6b5c4";

	private static final String CLOUDFLARE = "cloudflare.kv.base-url=https://api.cloudflare.com/client/v4";

	private static WebApplicationContextRunner with(String... properties) {
		return SessionContexts.configured().withPropertyValues(properties);
	}

	@ParameterizedTest
	@CsvSource({ "test,at least 22 characters", "token,at least 22 characters", "changeme,at least 22 characters",
			"password1234567890abc,at least 22 characters", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,repeats itself",
			"changemechangemechangemechangemechangeme,repeats itself",
			"0123456789012345678901234567890123456789,repeats itself",
			"abcabcabcabcabcabcabcabcabcabcabcabcabcd,repeats itself",
			"password1234password1234password1234,repeats itself" })
	@DisplayName("P12 a token that others can guess stops the start")
	void refusesATokenThatCanBeGuessed(String token, String words) {
		FailedStart start = FailedStart.of(with(TOKEN + token));
		assertThat(start.description()).startsWith("cloudflare.kv.api-token (from ")
			.contains(words, "because the key of handoff cookies is derived from it");
		assertThat(start.action()).contains("cloudflare.kv.secret", "cloudflare.kv.session.handoff.enabled");
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3cr3t", "s3cr3t-s3cr3t-s3cr3t-s3cr3t-s3cr3t" })
	@DisplayName("P12 a token that is refused for its text is not shown")
	void doesNotShowARefusedToken(String token) {
		assertThat(FailedStart.of(with(TOKEN + token)).everything()).doesNotContain("s3cr3t");
	}

	@ParameterizedTest
	@ValueSource(strings = { "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n",
			"cfut_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n01234567",
			"cfat_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n89abcdef", "9d0f3c1b7a5e4826b1c0d9e8f7a6b5c4",
			"U2Vzc2lvbnMgb24gdGhlIGVkZ2Ugb2YgdGhlIG5ldA==" })
	void takesTokensOfCloudflareAndSecretsOfAGateway(String token) {
		with(TOKEN + token).run((context) -> assertThat(context).hasNotFailed());
		with(TOKEN + token, CLOUDFLARE).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aTokenThatNoKeyIsDerivedFromMayBeAny() {
		with(TOKEN + "test", RANDOM).run((context) -> assertThat(context).hasNotFailed());
		with(TOKEN + "test", "cloudflare.kv.session.handoff.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
		with(TOKEN + "test", "cloudflare.kv.session.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { KvEmulatorCore.API_TOKEN, "local-gateway-secret-0000000000000000",
			"another-token-0000000000000000000000" })
	@DisplayName("P12 the published tokens for tests count on this machine alone")
	void takesTokensForTestsOnThisMachineAlone(String token) {
		for (String here : new String[] { "http://127.0.0.1:1", "http://localhost:8787/client/v4", "http://[::1]:80",
				"http://kv.localhost", "http://LOCALHOST" }) {
			with(TOKEN + token, "cloudflare.kv.base-url=" + here).run((context) -> assertThat(context).hasNotFailed());
		}
		for (String elsewhere : new String[] { "https://api.cloudflare.com/client/v4", "https://localhost.example.com",
				"http://127.example.com", "http://10.0.0.1", "" }) {
			FailedStart start = FailedStart.of(with(TOKEN + token, "cloudflare.kv.base-url=" + elsewhere));
			assertThat(start.description()).startsWith("cloudflare.kv.api-token (from ")
				.contains("cloudflare.kv.base-url is on this machine");
			assertThat(start.everything()).doesNotContain(token);
		}
	}

	@Test
	void takesTheEmulatorsTokenAsItsDocumentationHasIt() {
		try (KvEmulator kv = KvEmulator.start()) {
			SessionContexts.unconfigured()
				.withPropertyValues(kv.propertyPairs())
				.run((context) -> assertThat(context).hasNotFailed());
		}
	}

	@ParameterizedTest
	@CsvSource({ "0123456789abcdef0123456789abcde,at least 32 characters",
			"00000000000000000000000000000000,repeats itself", "abababababababababababababababababab,repeats itself",
			"correct-horse-battery-000000000000000,repeats itself", SessionContexts.NAMESPACE_ID + ",is an id",
			"0F2AC74B498B48028CB68387C421E279,is an id", SessionContexts.ACCOUNT_ID + ",is an id" })
	@DisplayName("P12 a secret that others can guess stops the start, and is not shown")
	void refusesASecretThatCanBeGuessed(String secret, String words) {
		for (String enabled : new String[] { "true", "false" }) {
			FailedStart start = FailedStart
				.of(with(SECRET + secret, "cloudflare.kv.session.handoff.enabled=" + enabled));
			assertThat(start.description()).startsWith("cloudflare.kv.secret (from ").contains(words);
			assertThat(start.action()).startsWith("Make one with 'openssl rand -base64 32'");
			assertThat(start.everything()).doesNotContain(secret);
		}
	}

}
