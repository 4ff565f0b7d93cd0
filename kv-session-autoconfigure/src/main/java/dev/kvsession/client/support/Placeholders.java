package dev.kvsession.client.support;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds placeholders that were not replaced, such as <code>${NAME}</code> where the
 * variable is not set. They are no secrets.
 */
public final class Placeholders {

	/** Spring's, which stays in the text wherever it stands. */
	private static final Pattern SPRING = Pattern.compile("\\$\\{[^}]*}|^\\$\\{");

	/**
	 * Those of shells, Kubernetes, Windows, Maven, templates, SpEL and documentation, as
	 * the whole text: a secret may hold the same characters.
	 */
	private static final Pattern OTHER = Pattern.compile("\\$[A-Z][A-Z0-9_]*|\\$\\([^()]*\\)|%[A-Z][A-Z0-9_]*%"
			+ "|@[A-Za-z0-9_.-]+@|\\{\\{[^{}]*}}|#\\{[^{}]*}|__[A-Z][A-Z0-9_]*__|<[\\w .-]+>|<[^<>]*\\s[^<>]*>");

	/** Left around a placeholder by files in which quotes are text. */
	private static final Pattern AROUND = Pattern.compile("^[\"'`\\s]+|[\"'`\\s]+$");

	private static final Pattern SPRING_NAME = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)(?=[:}])");

	/** In capitals only, as environment variables are: anything else may be a secret. */
	private static final Pattern OTHER_NAME = Pattern.compile("^(?:[$(%]+|__)([A-Z][A-Z0-9_]*?)(?:[)%]*|__)$");

	private Placeholders() {
	}

	public static boolean isIn(String text) {
		return SPRING.matcher(text).find() || OTHER.matcher(bare(text)).matches();
	}

	private static String bare(String text) {
		return AROUND.matcher(text).replaceAll("");
	}

	/**
	 * Returns the names of the variables in a text's placeholders, as far as they cannot
	 * be anything secret.
	 */
	public static List<String> variables(String text) {
		return Stream.of(SPRING_NAME, OTHER_NAME)
			.flatMap((pattern) -> pattern.matcher(bare(text)).results())
			.map((MatchResult name) -> name.group(1))
			.distinct()
			.toList();
	}

}
