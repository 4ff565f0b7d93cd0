package dev.kvsession.test.operation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.format.ApiError;
import dev.kvsession.test.format.RequestTarget;
import dev.kvsession.test.kv.KvEmulatorRequest;

/** Checks the token of a request. */
public final class Credentials {

	/** The only token that is accepted. */
	public static final String API_TOKEN = "kv-emulator-token-0000000000000000000000";

	private static final String EXPECTED = "Bearer " + API_TOKEN;

	private static final List<String> VERIFY = List.of("user", "tokens", "verify");

	private Credentials() {
	}

	static void require(KvEmulatorRequest request) {
		@Nullable String authorization = request.headers().get("authorization");
		if (authorization == null || authorization.isEmpty()) {
			throw ApiError.MISSING_CREDENTIALS.refusal();
		}
		if (!authorization.equals(EXPECTED)) {
			boolean verify = VERIFY.equals(RequestTarget.parse(request.target()).segments());
			throw ((verify) ? ApiError.INVALID_TOKEN : ApiError.AUTHENTICATION).refusal();
		}
	}

}
