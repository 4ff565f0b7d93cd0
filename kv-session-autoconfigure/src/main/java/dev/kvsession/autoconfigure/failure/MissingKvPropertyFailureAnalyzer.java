package dev.kvsession.autoconfigure.failure;

import java.util.stream.Collectors;

import org.springframework.aot.AotDetector;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import dev.kvsession.autoconfigure.properties.KvPropertyNames;

/**
 * Explains a {@link MissingKvPropertyException}.
 */
final class MissingKvPropertyFailureAnalyzer extends AbstractFailureAnalyzer<MissingKvPropertyException> {

	private static final String AHEAD_OF_TIME = " The application was built ahead of time (AOT), which takes Cloudflare KV "
			+ "for configured. To go without, build it with " + KvPropertyNames.SESSION_PREFIX + ".enabled=false.";

	private final PropertyOrigins origins;

	MissingKvPropertyFailureAnalyzer(Environment environment) {
		this.origins = new PropertyOrigins(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingKvPropertyException cause) {
		return new FailureAnalysis(description(cause), action(cause), cause);
	}

	private String description(MissingKvPropertyException cause) {
		String missing = cause.missing()
			.stream()
			.map((name) -> this.origins.describe(name, cause.bean()))
			.collect(Collectors.joining(" and ", "", (cause.missing().size() > 1) ? " are" : " is"));
		String present = cause.present()
			.stream()
			.map((name) -> this.origins.describe(name, cause.bean()))
			.collect(Collectors.joining("", "", " is set, but "));
		String state = cause.present().isEmpty() ? "Cloudflare KV is not configured: "
				: "Cloudflare KV is configured in part: " + present;
		return state + missing + " missing or blank.";
	}

	private static String action(MissingKvPropertyException cause) {
		String action = "Set " + String.join(" and ", cause.missing())
				+ ": the namespace's id and an API token with the permission 'Workers KV Storage: Edit' are both needed.";
		if (!cause.present().isEmpty()) {
			return action + " To go without Cloudflare KV, remove " + String.join(" and ", cause.present()) + ".";
		}
		return AotDetector.useGeneratedArtifacts() ? action + AHEAD_OF_TIME : action;
	}

}
