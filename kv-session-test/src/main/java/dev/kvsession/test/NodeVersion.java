package dev.kvsession.test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The version of the machine's Node, which runs a Worker. */
final class NodeVersion {

	/**
	 * The oldest Node that the packages of {@code edge-worker} run on. Source:
	 * {@code engines} in its package.json.
	 */
	private static final Version OLDEST = Version.parse("20.18.1");

	private static final Pattern PRINTED = Pattern.compile("v(\\d+\\.\\d+\\.\\d+).*");

	private NodeVersion() {
	}

	// The output of "node --version"; empty without Node.
	static String ofThisMachine() {
		try {
			Process process = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
			try (InputStream output = process.getInputStream()) {
				return new String(output.readAllBytes(), StandardCharsets.UTF_8).trim();
			}
		}
		catch (IOException ex) {
			return "";
		}
	}

	// Returns why a version does not suffice; null if it does.
	static @Nullable String missing(String printed) {
		Matcher matcher = PRINTED.matcher(printed);
		if (matcher.matches() && Version.parse(matcher.group(1)).compareTo(OLDEST) >= 0) {
			return null;
		}
		return "it needs Node %s or newer, and this machine has %s".formatted(OLDEST,
				printed.isEmpty() ? "none" : printed);
	}

}
