package dev.kvsession.sample;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.context.WebApplicationContext;

import dev.kvsession.sample.github.GitHubStandIn;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvEmulatorSettings;

/**
 * The sample with everything it needs on this machine: the app, KV and a stand-in for
 * GitHub. The app can be restarted while the rest goes on.
 */
final class SampleStack implements AutoCloseable {

	private static final long SEED = 1;

	/** Longer than a change needs to reach every reader of KV. */
	private static final Duration SETTLED = Duration.ofMinutes(3);

	private final SettlingClock clock = new SettlingClock();

	private final KvEmulator kv;

	private final GitHubStandIn github;

	private final String[] arguments;

	private ConfigurableApplicationContext app;

	private SampleStack(String... arguments) throws IOException {
		this.kv = KvEmulator.start(KvEmulatorSettings.realistic(SEED), 0, this.clock);
		this.github = GitHubStandIn.start();
		this.arguments = arguments;
		try {
			this.app = run(Map.of());
		}
		catch (RuntimeException ex) {
			closeNeighbours();
			throw ex;
		}
	}

	/**
	 * Starts everything.
	 * @param arguments further command line arguments of the app, which win
	 */
	static SampleStack start(String... arguments) {
		try {
			return new SampleStack(arguments);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The stand-in for GitHub found no port to listen on", ex);
		}
	}

	/** One stack for all tests that leave it as they find it. */
	static SampleStack shared() {
		return Shared.STACK;
	}

	/**
	 * Stops the app, and starts it again on the same port when KV has settled: what it
	 * reads before that may be older than what its predecessor wrote.
	 */
	void restartApp() {
		int port = port();
		this.app.close();
		this.clock.skip(SETTLED);
		this.app = run(Map.of("server.port", Integer.toString(port)));
	}

	KvEmulator kv() {
		return this.kv;
	}

	GitHubStandIn github() {
		return this.github;
	}

	WebApplicationContext context() {
		return (WebApplicationContext) this.app;
	}

	URI uri() {
		return URI.create("http://localhost:" + port());
	}

	@Override
	public void close() {
		this.app.close();
		closeNeighbours();
	}

	private void closeNeighbours() {
		this.github.close();
		this.kv.close();
	}

	private int port() {
		return ((WebServerApplicationContext) this.app).getWebServer().getPort();
	}

	private ConfigurableApplicationContext run(Map<String, String> more) {
		Map<String, Object> all = this.kv.properties();
		all.putAll(this.github.properties());
		all.put("spring.profiles.active", "development");
		for (String argument : this.arguments) {
			String[] parts = argument.replaceFirst("^--", "").split("=", 2);
			all.put(parts[0], (parts.length == 2) ? parts[1] : "");
		}
		all.putAll(more);
		return new SpringApplicationBuilder(SampleApplication.class).run(all.entrySet()
			.stream()
			.map((one) -> "--" + one.getKey() + "=" + one.getValue())
			.toArray(String[]::new));
	}

	private static final class Shared {

		static final SampleStack STACK = start("--server.port=0");

	}

}
