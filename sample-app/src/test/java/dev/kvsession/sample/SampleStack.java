package dev.kvsession.sample;

import java.net.URI;
import java.time.Duration;

import org.springframework.web.context.WebApplicationContext;

import dev.kvsession.sample.github.GitHubStandIn;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * The sample with everything it needs on this machine and in this JVM: the app, KV and a
 * stand-in for GitHub. The app can be restarted while the rest goes on.
 */
final class SampleStack implements AutoCloseable {

	private static final long SEED = 1;

	/** Longer than a change needs to reach every reader of KV. */
	private static final Duration SETTLED = Duration.ofMinutes(3);

	private final SettlingClock clock = new SettlingClock();

	private final KvEmulator kv;

	private final SampleApp app;

	private SampleStack(String... arguments) {
		this.kv = KvEmulator.start(KvEmulatorSettings.realistic(SEED), 0, this.clock);
		try {
			this.app = SampleApp.start(this.kv.properties(), arguments);
		}
		catch (RuntimeException ex) {
			this.kv.close();
			throw ex;
		}
	}

	/**
	 * Starts everything.
	 * @param arguments further command line arguments of the app, which win
	 */
	static SampleStack start(String... arguments) {
		return new SampleStack(arguments);
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
		this.app.stop();
		this.clock.skip(SETTLED);
		this.app.start();
	}

	KvEmulator kv() {
		return this.kv;
	}

	GitHubStandIn github() {
		return this.app.github();
	}

	WebApplicationContext context() {
		return this.app.context();
	}

	URI uri() {
		return this.app.uri();
	}

	@Override
	public void close() {
		this.app.close();
		this.kv.close();
	}

	private static final class Shared {

		static final SampleStack STACK = start("--server.port=0");

	}

}
