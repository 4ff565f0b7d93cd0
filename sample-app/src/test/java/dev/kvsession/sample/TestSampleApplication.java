package dev.kvsession.sample;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

import dev.kvsession.sample.demo.Demo;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvStaleness;

/**
 * Runs the sample offline: {@code ./mvnw -Pdemo}, and with
 * {@code -Dspring-boot.run.arguments=--edge} on the gateway Worker, with {@code --secure}
 * with signed ids, hashed keys and encryption. A start finds what the one before it
 * stored.
 */
public final class TestSampleApplication {

	private TestSampleApplication() {
	}

	public static void main(String[] args) throws IOException {
		if (Demo.runInstance(args)) {
			return;
		}
		if (EdgeSample.isWanted(args)) {
			EdgeSample.run(args);
			return;
		}
		// Each instance has a reader of its own, as if they ran in two places.
		KvEmulatorSettings settings = KvEmulatorSettings.realistic(System.nanoTime())
			.withStaleness(KvStaleness.cloudflare().choosing(KvStaleness.Choice.BY_CLIENT));
		KvEmulator kv = KvEmulator.start(settings, 0, InstantSource.system()).keepIn(target().resolve("kv.json"));
		Map<String, String> secure = SecureSample.properties(args, target());
		Demo demo = Demo.start(as("first", kv, secure), as("second", kv, secure), args);
		System.out.printf("""

				  ==> Open %s in your browser.
				      Press Enter to restart the application: you stay logged in. Ctrl+C stops everything.

				""", demo.uri());
		demo.restartAtEachLine();
	}

	private static Map<String, Object> as(String client, KvEmulator kv, Map<String, String> more) {
		Map<String, Object> properties = kv.properties();
		properties.putAll(more);
		properties.put("cloudflare.kv.base-url", kv.baseUrl(client));
		return properties;
	}

	/** The module's folder of what is built, whoever built it where below. */
	private static Path target() {
		try {
			Path classes = Path
				.of(TestSampleApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			for (Path folder = classes; folder != null; folder = folder.getParent()) {
				if (folder.endsWith("target")) {
					return folder;
				}
			}
			return Path.of("target");
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
