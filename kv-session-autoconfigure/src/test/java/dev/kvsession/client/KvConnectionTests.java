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

	@Test
	@DisplayName("P12 toString leaves the token out")
	void toStringLeavesTheTokenOut() {
		assertThat(new KvConnection(null, TestConnections.NAMESPACE, TestConnections.TOKEN).toString())
			.doesNotContain(TestConnections.TOKEN)
			.contains(TestConnections.NAMESPACE, "https://api.cloudflare.com/client/v4");
	}

}
