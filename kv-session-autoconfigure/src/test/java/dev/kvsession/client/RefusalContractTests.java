package dev.kvsession.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.client.rest.Operation;
import dev.kvsession.client.rest.RestKvClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wrong connections, and what KV itself refuses, each told apart.
 */
@EachKv
class RefusalContractTests {

	private static final String MANY_KEYS = "{\"keys\":[" + "\"k\",".repeat(100) + "\"k\"]}";

	private final TestKv kv;

	private final String account;

	private final String namespace;

	private final String token;

	private @Nullable ContractClient contract;

	RefusalContractTests(TestKv kv) {
		this.kv = kv;
		this.account = kv.property("account-id");
		this.namespace = kv.property("namespace-id");
		this.token = kv.property("api-token");
	}

	@AfterEach
	void close() {
		this.contract.close();
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.client.ErrorTable#calls")
	@DisplayName("P8 a wrong token is told as such, P12 without showing it")
	void wrongToken(Function<RestKvClient, CompletionStage<?>> call) {
		use(this.account, this.namespace, TestConnections.TOKEN);
		assertThat(Failed.failure(call.apply(client()), KvAuthorizationException.class))
			.hasMessageContaining("cloudflare.kv.api-token");
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.client.ErrorTable#calls")
	@DisplayName("P8 an account that the token does not open is told as such")
	void wrongAccount(Function<RestKvClient, CompletionStage<?>> call) {
		use(TestConnections.ACCOUNT, this.namespace, this.token);
		assertThat(Failed.failure(call.apply(client()), KvAuthorizationException.class))
			.hasMessageContaining("for the account");
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.client.ErrorTable#calls")
	@DisplayName("P8 a namespace that is none is never an absent key")
	void wrongNamespace(Function<RestKvClient, CompletionStage<?>> call) {
		use(this.account, TestConnections.NAMESPACE, this.token);
		assertThat(Failed.failure(call.apply(client()), KvConfigurationException.class))
			.hasMessageContaining("cloudflare.kv.namespace-id")
			.hasMessageContaining("10013");
	}

	@Test
	@DisplayName("P13 the account is looked up where it is not configured")
	void looksTheAccountUp() {
		use(null, this.namespace, this.token);
		String key = ContractClient.unique("account");
		ContractClient.join(client().put(new KvPair(key, "v", KvLimits.MIN_TTL)));
		assertThat(ContractClient.join(client().get(key))).contains("v");
	}

	@Test
	void wrongTokenInALookup() {
		use(null, this.namespace, TestConnections.TOKEN);
		Failed.failure(client().get("a"), KvAuthorizationException.class);
	}

	@ParameterizedTest
	@CsvSource({ "expiration_ttl=59, 10034", "expiration_ttl=0, 10034", "expiration_ttl=-1, 10034",
			"expiration_ttl=2147483648, 10034" })
	@DisplayName("P7 a lifetime that KV does not take is told as such")
	void wrongLifetime(String query, int code) {
		use(this.account, this.namespace, this.token);
		refused(code, this.contract.raw(Operation.PUT, "PUT", "/values/a?" + query, new byte[] { 'v' }));
	}

	// One call to a connection: workerd drops it without a word when a body was refused
	// unread.
	@ParameterizedTest
	@EnumSource(names = { "PUT", "DELETE" })
	void tooLongKey(Operation operation) {
		use(this.account, this.namespace, this.token);
		String path = "/values/" + "k".repeat(KvLimits.MAX_KEY_BYTES + 1);
		refused(10012, this.contract.raw(operation, operation.name(), path,
				(operation == Operation.PUT) ? new byte[] { 'v' } : null));
	}

	@Test
	void tooManyKeysOfABulkRead() {
		use(this.account, this.namespace, this.token);
		refused(10029,
				this.contract.raw(Operation.BULK_GET, "POST", "/bulk/get", MANY_KEYS.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void oneBadPairRefusesABulkWrite() {
		use(this.account, this.namespace, this.token);
		String good = ContractClient.unique("good");
		String body = "[{\"key\":\"" + good + "\",\"value\":\"v\"},{\"key\":\"bad\",\"value\":\"v\","
				+ "\"expiration_ttl\":59}]";
		refused(10034, this.contract.raw(Operation.BULK_PUT, "PUT", "/bulk", body.getBytes(StandardCharsets.UTF_8)));
		assertThat(ContractClient.join(client().getAll(List.of(good)))).isEmpty();
	}

	private void use(@Nullable String accountId, String namespaceId, String apiToken) {
		this.contract = ContractClient.of(this.kv, accountId, namespaceId, apiToken);
	}

	private RestKvClient client() {
		return this.contract.client();
	}

	private static void refused(int code, CompletionStage<?> stage) {
		assertThat(Failed.failure(stage, KvRequestRefusedException.class)).hasMessageContaining("code " + code);
	}

}
