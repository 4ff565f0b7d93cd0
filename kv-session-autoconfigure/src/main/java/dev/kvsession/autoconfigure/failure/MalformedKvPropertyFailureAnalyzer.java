package dev.kvsession.autoconfigure.failure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains a {@link MalformedKvPropertyException}.
 */
final class MalformedKvPropertyFailureAnalyzer extends AbstractFailureAnalyzer<MalformedKvPropertyException> {

	/**
	 * The property in quotes, what it must be, and, as a second sentence, what to do.
	 */
	private static final Pattern MESSAGE = Pattern.compile("'([a-z.-]+)' (.+?)(?:\\. (.+))?");

	private final PropertyOrigins origins;

	MalformedKvPropertyFailureAnalyzer(Environment environment) {
		this.origins = new PropertyOrigins(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MalformedKvPropertyException cause) {
		String message = String.valueOf(cause.getMessage());
		Matcher parts = MESSAGE.matcher(message);
		if (!parts.matches()) {
			return new FailureAnalysis(message, "Correct the connection to Cloudflare KV.", cause);
		}
		String remedy = parts.group(3);
		return new FailureAnalysis(this.origins.describe(parts.group(1), cause.bean()) + " " + parts.group(2) + ".",
				((remedy != null) ? remedy : "Correct " + parts.group(1)) + ".", cause);
	}

}
