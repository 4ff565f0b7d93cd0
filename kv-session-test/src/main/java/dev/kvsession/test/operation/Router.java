package dev.kvsession.test.operation;

import java.util.List;
import java.util.regex.Pattern;

import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.Refusal;
import dev.kvsession.test.format.RequestTarget;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorRequest;

/** Finds what a request asks for by its path. */
final class Router {

	private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

	private static final List<String> STORAGE = List.of("storage", "kv", "namespaces");

	/** Positions in {@code accounts/{account}/storage/kv/namespaces/{namespace}/...}. */
	private static final int ACCOUNT = 1;

	private static final int NAMESPACE = 5;

	private final Namespace namespace;

	Router(Namespace namespace) {
		this.namespace = namespace;
	}

	Operation route(KvEmulatorRequest request) {
		try {
			RequestTarget target = RequestTarget.parse(request.target());
			List<String> path = target.segments();
			if (path.size() >= NAMESPACE && "accounts".equals(path.get(0))
					&& STORAGE.equals(path.subList(ACCOUNT + 1, NAMESPACE))) {
				return inAccount(request, target);
			}
			return switch (request.method() + " " + String.join("/", path)) {
				case "GET accounts" -> AccountOperations.accounts(target.query());
				case "GET user/tokens/verify" -> AccountOperations.verifyToken();
				default -> throw ApiError.NO_ROUTE.refusal();
			};
		}
		catch (Refusal ex) {
			return Operation.refused(KvCallKind.OTHER, ex);
		}
	}

	private Operation inAccount(KvEmulatorRequest request, RequestTarget target) {
		List<String> path = target.segments();
		if (path.size() == NAMESPACE) {
			requireAccount(path.get(ACCOUNT));
			if (!"GET".equals(request.method())) {
				throw ApiError.NO_ROUTE.refusal();
			}
			return AccountOperations.namespaces(target.query());
		}
		NamespaceCall call = NamespaceCall.of(request, target.query(), path.subList(NAMESPACE + 1, path.size()));
		try {
			requireAccount(path.get(ACCOUNT));
			requireNamespace(path.get(NAMESPACE));
			return this.namespace.operation(call);
		}
		catch (Refusal ex) {
			return Operation.refused(call.kind(), ex);
		}
	}

	private static void requireAccount(String id) {
		requireId(id);
		if (!id.equals(AccountOperations.ACCOUNT_ID)) {
			throw ApiError.FOREIGN_ACCOUNT.refusal();
		}
	}

	private void requireNamespace(String id) {
		requireId(id);
		if (!id.equals(AccountOperations.NAMESPACE_ID) || this.namespace.isDeleted()) {
			throw ApiError.NAMESPACE_NOT_FOUND.refusal();
		}
	}

	private static void requireId(String id) {
		if (!ID.matcher(id).matches()) {
			throw ApiError.NO_ROUTE.refusal();
		}
	}

}
