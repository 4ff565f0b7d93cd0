package dev.kvsession.test.operation;

import java.util.Map;
import java.util.function.LongFunction;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kvsession.test.format.Answer;
import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.Digits;
import dev.kvsession.test.format.Envelope;
import dev.kvsession.test.format.Json;
import dev.kvsession.test.kv.KvCallKind;

/** Calls around the namespace: accounts, the token, the namespace itself. */
public final class AccountOperations {

	/** The account that holds the namespace. */
	public static final String ACCOUNT_ID = "acc0000000000000000000000000e001";

	/** The namespace. */
	public static final String NAMESPACE_ID = "ce11000000000000000000000000e002";

	private static final int PAGE_SIZE = 20;

	private static final int TOKEN_VALID = 10000;

	/** Makes 32 hex characters of a small number. */
	private static final String OTHER_ACCOUNT = "%032x";

	private AccountOperations() {
	}

	static Operation accounts(Map<String, String> query) {
		return Operation.of(KvCallKind.ACCOUNTS,
				(turn) -> page(query, turn.settings().accounts(), AccountOperations::account));
	}

	static Operation verifyToken() {
		return Operation.of(KvCallKind.OTHER,
				(turn) -> Envelope.withMessage(Json.object().put("id", NAMESPACE_ID).put("status", "active"),
						TOKEN_VALID, "This API Token is valid and active"));
	}

	static Operation namespaces(Map<String, String> query) {
		return Operation.of(KvCallKind.OTHER, (turn) -> page(query, 1, (i) -> describe()));
	}

	static Operation namespace() {
		return Operation.of(KvCallKind.OTHER, (turn) -> Envelope.of(describe()));
	}

	private static Answer page(Map<String, String> query, int total, LongFunction<ObjectNode> describe) {
		int page = number(query, "page", 1);
		int perPage = number(query, "per_page", PAGE_SIZE);
		ArrayNode result = Json.array();
		for (long i = (page - 1L) * perPage; i < Math.min((long) page * perPage, total); i++) {
			result.add(describe.apply(i));
		}
		ObjectNode info = Json.object().put("page", page).put("per_page", perPage);
		info.put("total_pages", ((long) total + perPage - 1) / perPage);
		return Envelope.of(result, info.put("count", result.size()).put("total_count", total));
	}

	private static ObjectNode account(long index) {
		String id = (index == 0) ? ACCOUNT_ID : String.format(OTHER_ACCOUNT, index);
		return Json.object().put("id", id).put("name", "Emulated account " + (index + 1)).put("type", "standard");
	}

	private static ObjectNode describe() {
		return Json.object().put("id", NAMESPACE_ID).put("title", "emulated").put("supports_url_encoding", true);
	}

	private static int number(Map<String, String> query, String name, int otherwise) {
		long number = Digits.unsigned(query.getOrDefault(name, Integer.toString(otherwise)))
			.orElseThrow(() -> ApiError.INVALID_LIST.refusal(name + " must be an integer"));
		return (int) Math.max(1, number);
	}

}
