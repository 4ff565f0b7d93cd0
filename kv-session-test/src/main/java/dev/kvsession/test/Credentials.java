package dev.kvsession.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Checks the token of a request.
 */
final class Credentials {

	private static final String EXPECTED = "Bearer " + KvEmulatorCore.API_TOKEN;

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
