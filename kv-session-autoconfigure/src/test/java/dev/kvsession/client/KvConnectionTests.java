package dev.kvsession.client;

import java.net.URI;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KvConnectionTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "my-namespace", "fedcba9876543210fedcba987654321", "fedcba9876543210fedcba98765432100",
			"gedcba9876543210fedcba9876543210", " fedcba9876543210fedcba9876543210" })
	@NullSource
	void refusesMalformedNamespaceId(String id) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(TestConnections.ACCOUNT, id, TestConnections.TOKEN))
			.withMessageContaining("'cloudflare.kv.namespace-id'")
			.withMessageNotContaining(TestConnections.TOKEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "my-account", "0123456789abcdef0123456789abcdeF0" })
	void refusesMalformedAccountId(String id) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(id, TestConnections.NAMESPACE, TestConnections.TOKEN))
			.withMessageContaining("'cloudflare.kv.account-id'");
	}

	/**
	 * What users paste, and the word that tells them what it is.
	 */
	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "``,is missing", "`  `,is missing", "${CLOUDFLARE_KV_NAMESPACE_ID},is a placeholder",
					"prefix-${ID:},is a placeholder", "<namespace id>,is a placeholder",
					"{{ namespace_id }},is a placeholder", "$NAMESPACE_ID,is a placeholder",
					"sessions of the shop,not its title", "team/sessions:prod,not its title",
					"https://dash.cloudflare.com/acc/workers/kv/namespaces/fedcba9876543210fedcba9876543210,is a URL",
					"/accounts/acc/storage/kv/namespaces/fedcba9876543210fedcba9876543210,is a URL",
					"{`id`:`fedcba9876543210fedcba9876543210`},value of 'id'",
					"[{'id':'fedcba9876543210fedcba9876543210'}],value of 'id'",
					"id = \"fedcba9876543210fedcba9876543210\",value of 'id'",
					"\"fedcba9876543210fedcba9876543210\",quotes or blanks",
					"` fedcba9876543210fedcba9876543210 `,quotes or blanks",
					"'fedcba9876543210fedcba9876543210',quotes or blanks",
					"aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n,looks like an API token",
					"cfut_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n01234567,looks like an API token",
					"cfat_lowercaseonly,looks like an API token", "Bearer cfat_lowercaseonly,looks like an API token",
					"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,looks like an API token" })
	@DisplayName("P12 what was given instead of the namespace's id is named, and not shown")
	void saysWhatStandsInsteadOfTheNamespaceId(String given, String words) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(TestConnections.ACCOUNT, given, TestConnections.TOKEN))
			.withMessageStartingWith("'cloudflare.kv.namespace-id' ")
			.withMessageContaining(words)
			.satisfies((ex) -> assertThat(given.isBlank() || !ex.getMessage().contains(given.strip())).isTrue())
			.satisfies((ex) -> assertThat(ex.getMessage().contains("not its title"))
				.isEqualTo(words.equals("not its title")));
	}

	@ParameterizedTest
	@CsvSource({ "' ',is blank", "${CLOUDFLARE_KV_ACCOUNT_ID},is a placeholder",
			"octocat@example.com,account's overview",
			"https://dash.cloudflare.com/0123456789abcdef0123456789abcdef,is a URL",
			"cfut_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n01234567,looks like an API token" })
	@DisplayName("P12 what was given instead of the account's id is named, and not shown")
	void saysWhatStandsInsteadOfTheAccountId(String given, String words) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(given, TestConnections.NAMESPACE, TestConnections.TOKEN))
			.withMessageStartingWith("'cloudflare.kv.account-id' ")
			.withMessageContaining(words)
			.withMessageNotContaining(given.isBlank() ? "nothing at all" : given);
	}

	@ParameterizedTest
	@CsvSource({ TestConnections.ACCOUNT, "0123456789ABCDEF0123456789ABCDEF" })
	void refusesTheAccountsIdAsTheNamespaces(String account) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(account, TestConnections.ACCOUNT, TestConnections.TOKEN))
			.withMessageStartingWith("'cloudflare.kv.namespace-id' ")
			.withMessageContaining("is the account's id");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "``,is missing", "` `,is missing",
			"${CLOUDFLARE_KV_API_TOKEN},is a placeholder", "<your token>,is a placeholder", "\"t0ken\",without quotes",
			"'t0ken',without quotes", "{\"id\":\"1\"},value of 'value'",
			"cfk_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n01234567,Global API Key",
			TestConnections.NAMESPACE + ",is the namespace's id", TestConnections.ACCOUNT + ",is the account's id",
			"0123456789ABCDEF0123456789ABCDEF,is the account's id" })
	@DisplayName("P12 what was given instead of the token is named, and not shown")
	void saysWhatStandsInsteadOfTheToken(String given, String words) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(TestConnections.ACCOUNT, TestConnections.NAMESPACE, given))
			.withMessageStartingWith("'cloudflare.kv.api-token' ")
			.withMessageContaining(words)
			.withMessageNotContaining(given.isBlank() ? "nothing at all" : given);
	}

	@DisplayName("P12 a malformed token is not shown")
	@ParameterizedTest
	@ValueSource(strings = { "", " ", "s3cr3t with blank", "s3cr3t\n", "s3cr3t\u0000", "s3cr3té" })
	@NullSource
	void refusesMalformedToken(String token) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(TestConnections.ACCOUNT, TestConnections.NAMESPACE, token))
			.withMessageContaining("'cloudflare.kv.api-token'")
			.withMessageNotContaining("s3cr3t");
	}

	@ParameterizedTest
	@CsvSource({ "http://api.cloudflare.com/client/v4,begin with https",
			"HTTP://API.Cloudflare.com/client/v4,begin with https", "http://kv_gateway:8080/client/v4,no underscore",
			"https://gw.example.com:99999/client/v4,65535",
			"https://api.cloudflare.com/client/v4/accounts/1,have the path /client/v4" })
	@DisplayName("P12 a base URL that would show the token, or that nothing can be at, is refused with its reason")
	void saysWhatIsWrongWithABaseUrl(String url, String reason) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(URI.create(url), TestConnections.ACCOUNT, TestConnections.NAMESPACE,
					TestConnections.TOKEN))
			.withMessageStartingWith("'cloudflare.kv.base-url' must ")
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://example.org", "/client/v4", "https:opaque", "https://example.org?a=b",
			"https://example.org#a", "https://user:s3cr3t@example.org", "https:///path" })
	void refusesMalformedBaseUrl(String url) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(URI.create(url), TestConnections.ACCOUNT, TestConnections.NAMESPACE,
					TestConnections.TOKEN))
			.withMessageContaining("'cloudflare.kv.base-url'")
			.withMessageNotContaining("s3cr3t");
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:8787, http://localhost:8787", "https://example.org/v4/, https://example.org/v4",
			"https://example.org//, https://example.org" })
	void dropsTrailingSlashes(String url, String expected) {
		assertThat(new KvConnection(URI.create(url), null, TestConnections.NAMESPACE, TestConnections.TOKEN).baseUrl())
			.hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://api.cloudflare.com", "https://api.cloudflare.com/",
			"https://API.cloudflare.com/v4", "https://api.cloudflare.com/client/v4/accounts" })
	void refusesCloudflaresApiWithoutItsPath(String url) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KvConnection(URI.create(url), TestConnections.ACCOUNT, TestConnections.NAMESPACE,
					TestConnections.TOKEN))
			.withMessageContaining("'cloudflare.kv.base-url' must have the path /client/v4");
	}

	@Test
	@DisplayName("P12 toString leaves the token out")
	void toStringLeavesTheTokenOut() {
		assertThat(new KvConnection(null, TestConnections.NAMESPACE, TestConnections.TOKEN).toString())
			.doesNotContain(TestConnections.TOKEN)
			.contains(TestConnections.NAMESPACE, "https://api.cloudflare.com/client/v4");
	}

}
