package dev.kvsession.sample.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import dev.kvsession.sample.github.Exchange;

/**
 * What the browser sees while the application cannot answer: a page that asks again each
 * second and leads to the application once it is there. Forms need a token that only the
 * application's pages have.
 */
final class DemoPages implements AutoCloseable {

	private static final String RESTARTING = """
			<h1 class="small" role="status">The application restarts</h1>
			<p>Its process has ended, and all that it had in memory. Another one is starting. KV goes on, and your session is
			in it. In a few seconds you are back on your page.</p>""";

	private static final String STARTING = """
			<h1 class="small" role="status">A second instance starts</h1>
			<p>It is another process on another port, with the same KV, and has never seen you. In a few seconds you are on
			its page.</p>""";

	private static final String FAILED = """
			<h1 class="small" role="alert">The application did not start</h1>
			<p>The terminal says why. Press Enter there to try again.</p>""";

	private static final String REFUSED = """
			<h1 class="small" role="alert">This button is too old</h1>
			<p>Go back to the application, reload its page, and press the button there.</p>""";

	private static final String REFRESH = "<meta http-equiv=\"refresh\" content=\"1\">";

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Demo demo;

	private final String token;

	private final HttpServer server;

	DemoPages(Demo demo, String token) throws IOException {
		this.demo = demo;
		this.token = token;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		serve("/restart", (exchange) -> handle(exchange, demo::restart, RESTARTING));
		serve("/second", (exchange) -> handle(exchange, demo::startSecond, STARTING));
		serve("/css/sample.css", (exchange) -> exchange.css(resource("/static/css/sample.css")));
		serve("/favicon.svg", (exchange) -> exchange.svg(resource("/static/favicon.svg")));
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	/** The properties that make an application show the demo's buttons. */
	Map<String, Object> properties() {
		return Map.of("sample.demo.address", "http://localhost:" + this.server.getAddress().getPort(),
				"sample.demo.token", this.token);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void handle(Exchange exchange, Runnable action, String waiting) throws IOException {
		AppProcess app = exchange.path().equals("/second") ? this.demo.second() : this.demo.app();
		if (exchange.isPost()) {
			if (!this.token.equals(exchange.form().get("token"))) {
				exchange.html(403, page("", REFUSED));
				return;
			}
			action.run();
			exchange.redirect(exchange.path());
		}
		else if (this.demo.isRestarting() && app == this.demo.app()) {
			exchange.html(200, page(REFRESH, waiting));
		}
		else if (app.answers()) {
			exchange.redirect(app.uri() + "/me");
		}
		else {
			exchange.html(200, app.isRunning() ? page(REFRESH, waiting) : page("", FAILED));
		}
	}

	private static String page(String refresh, String content) throws IOException {
		return resource("/demo/wait.html").replace("{refresh}", refresh).replace("{content}", content);
	}

	private static String resource(String name) throws IOException {
		try (InputStream resource = DemoPages.class.getResourceAsStream(name)) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private void serve(String path, Endpoint endpoint) {
		HttpHandler handler = (http) -> {
			try (http) {
				endpoint.handle(new Exchange(http));
			}
		};
		this.server.createContext(path, handler);
	}

	@FunctionalInterface
	private interface Endpoint {

		void handle(Exchange exchange) throws IOException;

	}

}
