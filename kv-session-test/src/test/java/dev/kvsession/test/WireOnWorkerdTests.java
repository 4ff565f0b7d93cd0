package dev.kvsession.test;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The gateway in Cloudflare's own runtime. Its ids are the emulator's.
 */
class WireOnWorkerdTests extends WireContract {

	@RegisterExtension
	static final EdgeWorkerExtension extension = new EdgeWorkerExtension(Path.of("..", "edge-worker"));

	@Override
	Map<String, Object> kv() {
		return extension.worker().properties();
	}

}
