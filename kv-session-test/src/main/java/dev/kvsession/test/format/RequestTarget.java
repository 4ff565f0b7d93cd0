package dev.kvsession.test.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A path and query as a URL parser in front of the API reads them: dot segments, also
 * percent-encoded ones, are resolved before routing, and a backslash is a slash (WHATWG
 * URL Standard, "path state"). A key that a client does not escape reaches another path
 * here, as it would at the service.
 *
 * @param segments the path's segments, still percent-encoded; the last is empty if the
 * path ends in a slash
 * @param query the query's parameters, decoded; the first of each name
 */
public record RequestTarget(List<String> segments, Map<String, String> query) {

	private static final Set<String> SAME = Set.of(".", "%2e");

	private static final Set<String> PARENT = Set.of("..", ".%2e", "%2e.", "%2e%2e");

	public static RequestTarget parse(String raw) {
		String target = before(raw, '#');
		String path = before(target, '?');
		String query = (path.length() < target.length()) ? target.substring(path.length() + 1) : "";
		return new RequestTarget(segments(path), parameters(query));
	}

	private static String before(String text, char end) {
		int index = text.indexOf(end);
		return (index < 0) ? text : text.substring(0, index);
	}

	private static List<String> segments(String path) {
		String[] raw = path.replace('\\', '/').replaceFirst("^/", "").split("/", -1);
		List<String> segments = new ArrayList<>();
		for (int i = 0; i < raw.length; i++) {
			String lowerCase = raw[i].toLowerCase(Locale.ROOT);
			boolean parent = PARENT.contains(lowerCase);
			if (parent && !segments.isEmpty()) {
				segments.remove(segments.size() - 1);
			}
			if (!parent && !SAME.contains(lowerCase)) {
				segments.add(raw[i]);
			}
			else if (i == raw.length - 1) {
				segments.add("");
			}
		}
		return List.copyOf(segments);
	}

	private static Map<String, String> parameters(String query) {
		Map<String, String> parameters = new HashMap<>();
		for (String pair : query.split("&")) {
			String name = before(pair, '=');
			String value = (name.length() < pair.length()) ? pair.substring(name.length() + 1) : "";
			parameters.putIfAbsent(form(name), form(value));
		}
		return Map.copyOf(parameters);
	}

	private static String form(String text) {
		return PercentDecoding.lenient(text.replace('+', ' '));
	}

}
