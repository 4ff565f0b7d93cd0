package dev.kvsession.test;

import java.util.Map;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls around the namespace: accounts, the token, the namespace itself.
 */
final class AccountOperations {

	private static final int PAGE_SIZE = 20;

	private static final int TOKEN_VALID = 10000;

	/**
	 * Makes 32 hex characters of a small number.
	 */
	private static final String OTHER_ACCOUNT = "%032x";

	private AccountOperations() {
	}

	static Operation accounts(Map<String, String> query) {
		return Operation.of(KvCallKind.ACCOUNTS, (turn) -> {
			int total = turn.settings().accounts();
			int page = number(query, "page", 1);
			int perPage = number(query, "per_page", PAGE_SIZE);
			ArrayNode result = Json.array();
			for (long i = (page - 1L) * perPage; i < Math.min((long) page * perPage, total); i++) {
				String id = (i == 0) ? KvEmulatorCore.ACCOUNT_ID : String.format(OTHER_ACCOUNT, i);
				result.addObject().put("id", id).put("name", "Emulated account " + (i + 1)).put("type", "standard");
			}
			ObjectNode info = Json.object().put("page", page).put("per_page", perPage);
			info.put("total_pages", (total + perPage - 1) / perPage);
			return Envelope.of(result, info.put("count", result.size()).put("total_count", total));
		});
	}

	static Operation verifyToken() {
		return Operation.of(KvCallKind.OTHER,
				(turn) -> Envelope.withMessage(
						Json.object().put("id", KvEmulatorCore.NAMESPACE_ID).put("status", "active"), TOKEN_VALID,
						"This API Token is valid and active"));
	}

	static Operation namespaces() {
		return Operation.of(KvCallKind.OTHER, (turn) -> {
			ObjectNode info = Json.object().put("page", 1).put("per_page", PAGE_SIZE).put("total_pages", 1);
			return Envelope.of(Json.array().add(describe()), info.put("count", 1).put("total_count", 1));
		});
	}

	static Operation namespace() {
		return Operation.of(KvCallKind.OTHER, (turn) -> Envelope.of(describe()));
	}

	private static ObjectNode describe() {
		return Json.object()
			.put("id", KvEmulatorCore.NAMESPACE_ID)
			.put("title", "emulated")
			.put("supports_url_encoding", true);
	}

	private static int number(Map<String, String> query, String name, int otherwise) {
		try {
			return Math.max(1, Integer.parseInt(query.getOrDefault(name, Integer.toString(otherwise))));
		}
		catch (NumberFormatException ex) {
			throw ApiError.INVALID_LIST.refusal(name + " must be an integer");
		}
	}

}
