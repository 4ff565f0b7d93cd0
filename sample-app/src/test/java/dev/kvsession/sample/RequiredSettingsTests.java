package dev.kvsession.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A missing setting stops the start, and says its name.
 */
class RequiredSettingsTests {

	private static final String GITHUB = "spring.security.oauth2.client.registration.github.";

	private final MockEnvironment environment = new MockEnvironment().withProperty("cloudflare.kv.account-id", "a")
		.withProperty("cloudflare.kv.namespace-id", "n")
		.withProperty("cloudflare.kv.api-token", "secret-token")
		.withProperty(GITHUB + "client-id", "c")
		.withProperty(GITHUB + "client-secret", "secret-secret");

	@Test
	void allPresent() {
		check();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cloudflare.kv.account-id", "cloudflare.kv.namespace-id", "cloudflare.kv.api-token",
			GITHUB + "client-id", GITHUB + "client-secret" })
	void oneMissing(String property) {
		this.environment.setProperty(property, " ");
		assertThatExceptionOfType(MissingSettingsException.class).isThrownBy(this::check)
			.satisfies((ex) -> assertThat(ex.missing()).singleElement().asString().contains(property))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret-"));
	}

	@Test
	void theAnalysisNamesEveryVariableAndTheWayWithoutAccounts() {
		MockEnvironment empty = new MockEnvironment();
		assertThatExceptionOfType(MissingSettingsException.class).isThrownBy(() -> check(empty)).satisfies((ex) -> {
			var analysis = new MissingSettingsFailureAnalyzer().analyze(ex);
			assertThat(analysis.getDescription()).contains("CLOUDFLARE_KV_ACCOUNT_ID", "CLOUDFLARE_KV_NAMESPACE_ID",
					"CLOUDFLARE_KV_API_TOKEN", "GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET");
			assertThat(analysis.getAction()).contains("environment variables", "spring-boot:test-run");
		});
	}

	private void check() {
		check(this.environment);
	}

	private static void check(MockEnvironment environment) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.setEnvironment(environment);
			new RequiredSettings().initialize(context);
		}
	}

}
