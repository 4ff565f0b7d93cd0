package dev.kvsession.client;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

class AccountLookupTests {

	private static final String OTHER = "ffffffffffffffffffffffffffffffff";

	private final ScriptedTransport transport = new ScriptedTransport();

	private final VirtualTime time = new VirtualTime();

	private final RestKvClient client = new RestKvClient(TestConnections.withoutAccount(), this.transport, this.time);

	@Test
	@DisplayName("P13 the account is looked up at first use, once")
	void looksTheAccountUpOnce() {
		assertThat(this.transport.requests()).isEmpty();
		CompletableFuture<KvResponse> lookup = this.transport.hold();
		CompletableFuture<?> first = this.client.get("a").toCompletableFuture();
		CompletableFuture<?> second = this.client.get("b").toCompletableFuture();
		assertThat(this.transport.requests()).hasSize(1);
		assertThat(this.transport.request(0)).isEqualTo("GET /accounts");
		// Who has asked last is served first.
		this.transport.found("b", "null").found("a", "null").found("c", "null");
		lookup.complete(ScriptedTransport.response(200, accounts(account(TestConnections.ACCOUNT, "Me"), 1)));
		assertThat(first).isCompleted();
		assertThat(second).isCompleted();
		this.client.get("c").toCompletableFuture().join();
		assertThat(this.transport.requests()).hasSize(4);
		assertThat(this.transport.requests().get(3).path()).isEqualTo(TestConnections.NAMESPACE_PATH + "/bulk/get");
	}

	@Test
	void listsSeveralAccounts() {
		this.transport.reply(200,
				accounts(account(TestConnections.ACCOUNT, "Mine\\n") + "," + account(OTHER, "Joe's"), 2));
		assertThat(Failed.failure(this.client.get("a"), KvConfigurationException.class))
			.hasMessageContaining(TestConnections.ACCOUNT + " (Mine?), " + OTHER + " (Joe's)")
			.hasMessageContaining("cloudflare.kv.account-id");
	}

	@Test
	void believesTheTotalRatherThanThePage() {
		this.transport.reply(200, accounts(account(TestConnections.ACCOUNT, "Me"), 30));
		assertThat(Failed.failure(this.client.get("a"), KvConfigurationException.class))
			.hasMessageContaining("30 accounts");
	}

	@Test
	void saysThatThereIsNoAccount() {
		this.transport.reply(200, accounts("", 0));
		assertThat(Failed.failure(this.client.get("a"), KvConfigurationException.class))
			.hasMessageContaining("cloudflare.kv.account-id");
	}

	@Test
	void doesNotKeepAFailure() {
		this.transport.reply(200, accounts("", 0))
			.reply(200, accounts(account(TestConnections.ACCOUNT, "Me"), 1))
			.found("a", "\"v\"");
		Failed.failure(this.client.get("a"), KvConfigurationException.class);
		assertThat(this.client.get("a").toCompletableFuture())
			.isCompletedWithValueMatching((value) -> value.orElseThrow().equals("v"));
	}

	@ParameterizedTest
	@CsvSource({ "403, KvForeignRefusalException", "404, KvForeignRefusalException", "429, KvUnavailableException",
			"200, KvUnexpectedResponseException" })
	void tellsFailuresApart(int status, String expected) {
		this.transport.reply(status, "");
		assertThat(Failed.failure(this.client.put(ErrorTable.pair())).getClass().getSimpleName()).isEqualTo(expected);
	}

	@Test
	@DisplayName("P8 an account id that is none never gets into a path")
	void refusesAnIdThatIsNone() {
		this.transport.reply(200, accounts(account("../../user", "Me"), 1));
		Failed.failure(this.client.get("a"), KvUnexpectedResponseException.class);
		assertThat(this.transport.requests()).hasSize(1);
	}

	@Test
	void isAskedAgainAfterAFailure() {
		this.transport.reply(502, "").reply(200, accounts(account(TestConnections.ACCOUNT, "Me"), 1)).ok();
		Failed.failure(this.client.put(ErrorTable.pair()), KvUnavailableException.class);
		assertThat(this.client.put(ErrorTable.pair()).toCompletableFuture()).isCompleted();
	}

	private static String account(String id, String name) {
		return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\"}";
	}

	private static String accounts(String accounts, int total) {
		return "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":[" + accounts
				+ "],\"result_info\":{\"total_count\":" + total + "}}";
	}

}
