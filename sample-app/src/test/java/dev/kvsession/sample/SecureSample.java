package dev.kvsession.sample;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The sample with signed ids, hashed keys and encrypted records. Its keys are kept beside
 * KV's contents, so that the next start knows them.
 */
final class SecureSample {

	private static final String ARGUMENT = "--secure";

	private static final int KEY_BYTES = 32;

	private SecureSample() {
	}

	/**
	 * Returns what the application needs for it, nothing if the command line does not ask
	 * for it.
	 * @param arguments the command line
	 * @param folder where the keys are kept
	 * @throws IOException if they cannot be
	 */
	static Map<String, String> properties(String[] arguments, Path folder) throws IOException {
		if (!Arrays.asList(arguments).contains(ARGUMENT)) {
			return Map.of();
		}
		Path file = folder.resolve("secure.properties");
		Properties properties = new Properties();
		if (Files.exists(file)) {
			try (Reader in = Files.newBufferedReader(file)) {
				properties.load(in);
			}
		}
		else {
			properties.setProperty("cloudflare.kv.session.id.signing-keys", key());
			properties.setProperty("cloudflare.kv.session.id.storage-hash", "true");
			properties.setProperty("cloudflare.kv.session.encryption.keys", key());
			properties.setProperty("cloudflare.kv.session.encryption.claims", "none");
			try (Writer out = Files.newBufferedWriter(file)) {
				properties.store(out, "Keys of the sample on this machine");
			}
		}
		return properties.stringPropertyNames()
			.stream()
			.collect(Collectors.toMap((name) -> name, properties::getProperty));
	}

	private static String key() {
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		return "demo:" + Base64.getEncoder().encodeToString(key);
	}

}
