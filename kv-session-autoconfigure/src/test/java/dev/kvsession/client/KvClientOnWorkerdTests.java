package dev.kvsession.client;

import java.nio.file.Path;

import org.junit.jupiter.api.extension.RegisterExtension;

import dev.kvsession.test.EdgeWorkerExtension;

/**
 * Against the gateway in Cloudflare's own runtime.
 */
class KvClientOnWorkerdTests extends KvClientContract {

	@RegisterExtension
	static final EdgeWorkerExtension extension = new EdgeWorkerExtension(Path.of("..", "edge-worker"));

	@Override
	KvConnection connection() {
		return ContractClient.connection(extension.worker().properties());
	}

}
