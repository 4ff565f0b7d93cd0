package dev.kvsession.client;

import java.net.URI;

/**
 * Made-up connections, and the secrets that must never show.
 */
final class TestConnections {

	static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

	static final String NAMESPACE = "fedcba9876543210fedcba9876543210";

	static final String NAMESPACE_PATH = "/accounts/" + ACCOUNT + "/storage/kv/namespaces/" + NAMESPACE;

	static final String TOKEN = "t0ken-MUST-not-show";

	static final String KEY = "session:S3cretId";

	static final String VALUE = "v4lue-MUST-not-show";

	private TestConnections() {
	}

	static KvConnection direct() {
		return new KvConnection(ACCOUNT, NAMESPACE, TOKEN);
	}

	static KvConnection at(int port) {
		return new KvConnection(URI.create("http://localhost:" + port + "/client/v4"), ACCOUNT, NAMESPACE, TOKEN);
	}

	static KvConnection withoutAccount() {
		return new KvConnection(null, NAMESPACE, TOKEN);
	}

}
