package dev.kvsession.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Makes room for another answer: drops what has been written and the headers that
 * describe it, keeps the rest, cookies and security headers included.
 */
final class ResponseReset {

	private static final Set<String> OF_THE_BODY = Set.of("content-disposition", "content-encoding", "content-language",
			"content-length", "content-range", "content-type", "etag", "expires", "last-modified", "location",
			"transfer-encoding");

	private ResponseReset() {
	}

	static void reset(HttpServletResponse response) {
		Map<String, List<String>> kept = new LinkedHashMap<>();
		for (String name : response.getHeaderNames()) {
			if (!OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT))) {
				kept.put(name, List.copyOf(response.getHeaders(name)));
			}
		}
		response.reset();
		kept.forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
	}

}
