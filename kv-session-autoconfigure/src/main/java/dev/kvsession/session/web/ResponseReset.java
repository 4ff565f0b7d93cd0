package dev.kvsession.session.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Makes room for another answer: drops what has been written and the headers that
 * describe it, keeps the rest, cookies and security headers included.
 */
final class ResponseReset {

	private static final Set<String> OF_THE_BODY = Set.of("accept-ranges", "cache-control", "content-disposition",
			"content-encoding", "content-language", "content-length", "content-location", "content-range",
			"content-type", "etag", "expires", "last-modified", "link", "location", "transfer-encoding");

	private ResponseReset() {
	}

	static void reset(HttpServletResponse response) {
		Map<String, List<String>> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String name : response.getHeaderNames()) {
			if (!OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT))) {
				kept.put(name, List.copyOf(response.getHeaders(name)));
			}
		}
		response.reset();
		kept.forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
	}

}
