package dev.kvsession.autoconfigure;

/**
 * Names of the properties that conditions and messages speak of.
 */
final class KvPropertyNames {

	static final String PREFIX = "cloudflare.kv";

	static final String NAMESPACE_ID = PREFIX + ".namespace-id";

	static final String API_TOKEN = PREFIX + ".api-token";

	static final String ACCOUNT_ID = PREFIX + ".account-id";

	static final String SECRET = PREFIX + ".secret";

	static final String BASE_URL = PREFIX + ".base-url";

	static final String VERIFY_ON_STARTUP = PREFIX + ".verify-on-startup";

	static final String SESSION_PREFIX = PREFIX + ".session";

	private KvPropertyNames() {
	}

}
