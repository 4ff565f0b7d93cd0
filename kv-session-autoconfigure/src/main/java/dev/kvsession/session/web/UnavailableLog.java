package dev.kvsession.session.web;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvException;
import dev.kvsession.session.settings.SessionWarnings;

/**
 * Logs which requests were answered without their session: the first of a flood, then a
 * summary each ten seconds. Stateless.
 */
final class UnavailableLog {

	private static final Logger logger = LoggerFactory.getLogger(KvSessionFilter.class);

	/**
	 * Parts of a path that name a page and not a thing or a person: words, and versions
	 * as in {@code v1}.
	 */
	private static final Pattern WORD = Pattern.compile("[A-Za-z_.-]{0,24}|v[0-9]{1,2}");

	private static final int MOST_PARTS = 8;

	private UnavailableLog() {
	}

	/** Logs or counts an answer. {@code warnings} are of the repository that failed. */
	static void answered(@Nullable SessionWarnings warnings, HttpServletRequest request, int status,
			KvException failure) {
		if (warnings == null) {
			return;
		}
		warnings.warn(logger, "requests answered without their session", failure,
				"Answered " + method(request) + " " + path(request.getServletPath(), request.getPathInfo())
						+ " with status " + status + ", without its session");
	}

	private static String method(HttpServletRequest request) {
		return WORD.matcher(request.getMethod()).matches() ? request.getMethod() : "?";
	}

	/**
	 * Leaves out the query, parameters such as ;jsessionid, and what may be an id or a
	 * secret.
	 */
	private static String path(@Nullable String... parts) {
		String path = Arrays.stream(parts).filter((part) -> part != null).collect(Collectors.joining());
		String shown = Arrays.stream(path.split("/", MOST_PARTS + 1))
			.limit(MOST_PARTS)
			.map((part) -> WORD.matcher(part).matches() ? part : "*")
			.collect(Collectors.joining("/"));
		return shown.isEmpty() ? "/" : shown;
	}

}
