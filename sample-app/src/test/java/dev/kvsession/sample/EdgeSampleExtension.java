package dev.kvsession.sample;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import dev.kvsession.test.EdgeWorkerExtension;

/**
 * Runs the sample on the gateway Worker, for the tests of a class: each needs the other's
 * address when it starts.
 */
final class EdgeSampleExtension implements BeforeAllCallback, AfterAllCallback {

	private URI front;

	private SampleApp app;

	/** The Worker's address, in front of the app. */
	URI front() {
		return this.front;
	}

	SampleApp app() {
		return this.app;
	}

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		int port;
		EdgeWorkerExtension edge;
		// Held, so that nobody else is given the port while the Worker starts.
		try (ServerSocket held = new ServerSocket(0)) {
			port = held.getLocalPort();
			edge = new EdgeWorkerExtension(EdgeSample.WORKER_OF_A_MODULE,
					Map.of("KEY_PREFIXES", EdgeSample.KEY_PREFIXES, "ORIGIN", "http://localhost:" + port, "TOUCH_PATH",
							EdgeSample.TOUCH_PATH));
			edge.beforeAll(context);
		}
		this.front = EdgeSample.onLocalhost(edge.worker());
		this.app = SampleApp.start(edge.worker().properties(), "--server.port=" + port);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.app != null) {
			this.app.close();
		}
	}

}
