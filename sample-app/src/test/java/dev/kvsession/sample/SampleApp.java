package dev.kvsession.sample;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.context.WebApplicationContext;

import dev.kvsession.sample.github.GitHubStandIn;

/**
 * The app with a stand-in for GitHub, on a KV that somebody else runs. It can be stopped
 * and started again on the same port; what it stored remains where it was.
 */
final class SampleApp implements AutoCloseable {

	private final GitHubStandIn github;

	private final Map<String, Object> properties = new TreeMap<>();

	private ConfigurableApplicationContext context;

	private SampleApp(GitHubStandIn github) {
		this.github = github;
		this.properties.putAll(github.properties());
		this.properties.put("spring.profiles.active", "development");
	}

	/**
	 * Starts the app.
	 * @param kv the properties that lead to KV
	 * @param arguments further command line arguments, which win
	 */
	static SampleApp start(Map<String, ?> kv, String... arguments) {
		SampleApp app = new SampleApp(startGitHub());
		app.properties.putAll(kv);
		Arrays.stream(arguments).forEach(app::set);
		try {
			app.start();
		}
		catch (RuntimeException ex) {
			app.github.close();
			throw ex;
		}
		return app;
	}

	void start() {
		this.context = new SpringApplicationBuilder(SampleApplication.class).run(this.properties.entrySet()
			.stream()
			.map((one) -> "--" + one.getKey() + "=" + one.getValue())
			.toArray(String[]::new));
		this.properties.put("server.port", port());
	}

	/** Nothing of the app runs any more, until it is started. */
	void stop() {
		this.context.close();
	}

	GitHubStandIn github() {
		return this.github;
	}

	WebApplicationContext context() {
		return (WebApplicationContext) this.context;
	}

	URI uri() {
		return URI.create("http://localhost:" + this.properties.get("server.port"));
	}

	@Override
	public void close() {
		stop();
		this.github.close();
	}

	private int port() {
		return ((WebServerApplicationContext) this.context).getWebServer().getPort();
	}

	private void set(String argument) {
		String[] parts = argument.replaceFirst("^--", "").split("=", 2);
		this.properties.put(parts[0], (parts.length == 2) ? parts[1] : "");
	}

	private static GitHubStandIn startGitHub() {
		try {
			return GitHubStandIn.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The stand-in for GitHub found no port to listen on", ex);
		}
	}

}
