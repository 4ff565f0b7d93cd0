package dev.kvsession.test;

import org.jspecify.annotations.Nullable;

/**
 * Checks the token of a request.
 */
final class Credentials {

	private static final String EXPECTED = "Bearer " + KvEmulatorCore.API_TOKEN;

	private Credentials() {
	}

	static void require(KvEmulatorRequest request) {
		@Nullable String authorization = request.headers().get("authorization");
		if (authorization == null) {
			throw ApiError.MISSING_CREDENTIALS.refusal();
		}
		if (!authorization.equals(EXPECTED)) {
			boolean verify = request.target().startsWith("/user/tokens/verify");
			throw ((verify) ? ApiError.INVALID_TOKEN : ApiError.AUTHENTICATION).refusal();
		}
	}

}
