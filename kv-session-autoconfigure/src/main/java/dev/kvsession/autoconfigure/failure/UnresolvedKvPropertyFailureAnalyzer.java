package dev.kvsession.autoconfigure.failure;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

import dev.kvsession.autoconfigure.failure.UnresolvedKvPropertyException.Unresolved;

/**
 * Explains an {@link UnresolvedKvPropertyException}.
 */
final class UnresolvedKvPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnresolvedKvPropertyException> {

	private static final String LINE = System.lineSeparator() + "    ";

	private final PropertyOrigins origins;

	UnresolvedKvPropertyFailureAnalyzer(Environment environment) {
		this.origins = new PropertyOrigins(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnresolvedKvPropertyException cause) {
		String description = cause.unresolved()
			.stream()
			.map((one) -> this.origins.describe(one.property(), one.bean()) + ": " + one.reason())
			.collect(Collectors.joining(LINE, "These settings of Cloudflare KV have no value:" + LINE, ""));
		return new FailureAnalysis(description + ".", action(cause.unresolved()), cause);
	}

	private static String action(List<Unresolved> unresolved) {
		List<String> variables = unresolved.stream().flatMap((one) -> one.variables().stream()).distinct().toList();
		String named = variables.isEmpty() ? "the variables that the placeholders name"
				: String.join(" and ", variables);
		return "Set " + named + " in the environment, or write the value itself into the setting. A placeholder is not "
				+ "taken for the value, because everybody knows it.";
	}

}
