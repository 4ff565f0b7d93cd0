package dev.kvsession.client.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.kvsession.client.KvConfigurationException;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvRequest;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.support.Stages;

/**
 * Looks up the account id with the token if none is configured: one call at first use,
 * shared by concurrent callers. A failure is not cached. Safe for concurrent use.
 */
final class AccountLookup {

	/** Most accounts that a message lists. */
	private static final int MAX_LISTED = 10;

	private static final String REMEDY = "Set cloudflare.kv.account-id";

	private final @Nullable String configured;

	private final CallSender sender;

	private final Answers answers;

	private final AtomicReference<@Nullable CompletableFuture<String>> lookup = new AtomicReference<>();

	AccountLookup(@Nullable String configured, CallSender sender, Answers answers) {
		this.configured = configured;
		this.sender = sender;
		this.answers = answers;
	}

	CompletionStage<String> accountId() {
		if (this.configured != null) {
			return CompletableFuture.completedFuture(this.configured);
		}
		CompletableFuture<String> mine = new CompletableFuture<>();
		CompletableFuture<String> running = this.lookup.compareAndExchange(null, mine);
		if (running != null) {
			return running;
		}
		KvRequest request = new KvRequest("GET", "/accounts", null, null);
		this.sender.send(Operation.ACCOUNTS, request, this::read).whenComplete((id, failure) -> {
			if (failure != null) {
				this.lookup.set(null);
			}
			Stages.complete(mine, id, failure);
		});
		return mine;
	}

	private String read(KvResponse response) {
		Envelope envelope = this.answers.success(Operation.ACCOUNTS, response);
		JsonNode result = envelope.result();
		List<String> accounts = new ArrayList<>();
		result.forEach((account) -> accounts.add(shown(account)));
		int total = total(envelope.resultInfo().path("total_count"), accounts.size());
		if (!result.isArray() || !result.valueStream().allMatch(AccountLookup::isAccount) || total < accounts.size()) {
			throw this.answers.unproven(Operation.ACCOUNTS, response);
		}
		if (total == 0) {
			throw new KvConfigurationException("The API token sees no account. " + REMEDY
					+ "; the lookup needs the permission 'Account Settings: Read', KV itself does not", null);
		}
		if (total > 1 || accounts.isEmpty()) {
			throw new KvConfigurationException("The API token sees " + total + " accounts: "
					+ String.join(", ", accounts.subList(0, Math.min(accounts.size(), MAX_LISTED)))
					+ ((total > MAX_LISTED) ? ", …" : "") + ". " + REMEDY + " to the one that owns the namespace",
					null);
		}
		return result.path(0).path("id").asString();
	}

	private static int total(JsonNode count, int listed) {
		if (Answers.isAbsent(count)) {
			return listed;
		}
		return count.isIntegralNumber() ? count.asInt(-1) : -1;
	}

	private static boolean isAccount(JsonNode account) {
		return KvConnection.isId(account.path("id").asString(""));
	}

	private static String shown(JsonNode account) {
		String name = account.path("name").asString("").replaceAll("[^\\p{L}\\p{N} .,'@&()_-]", "?");
		return account.path("id").asString("").replaceAll("[^0-9A-Za-z]", "?") + " ("
				+ name.substring(0, Math.min(name.length(), 60)) + ")";
	}

}
