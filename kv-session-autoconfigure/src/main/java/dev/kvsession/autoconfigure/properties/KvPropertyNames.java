package dev.kvsession.autoconfigure.properties;

/** Names of properties in conditions and messages. */
public final class KvPropertyNames {

	public static final String PREFIX = "cloudflare.kv";

	public static final String NAMESPACE_ID = PREFIX + ".namespace-id";

	public static final String API_TOKEN = PREFIX + ".api-token";

	public static final String ACCOUNT_ID = PREFIX + ".account-id";

	public static final String SECRET = PREFIX + ".secret";

	public static final String BASE_URL = PREFIX + ".base-url";

	public static final String VERIFY_ON_STARTUP = PREFIX + ".verify-on-startup";

	public static final String SESSION_PREFIX = PREFIX + ".session";

	public static final String REPOSITORY_TYPE = SESSION_PREFIX + ".repository-type";

	private KvPropertyNames() {
	}

}
