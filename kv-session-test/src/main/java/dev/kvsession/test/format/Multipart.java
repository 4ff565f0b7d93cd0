package dev.kvsession.test.format;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a {@code multipart/form-data} body by name (RFC 7578). */
public final class Multipart {

	private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=\"?([^\";]+)\"?");

	private static final Pattern NAME = Pattern
		.compile("(?i)content-disposition:[^\\r\\n]*[;\\s]name=\"?([^\";\\r\\n]+)");

	private static final String LINE = "\r\n";

	private static final String HEADERS_END = LINE + LINE;

	private Multipart() {
	}

	public static boolean isMultipart(String contentType) {
		return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
	}

	public static Map<String, byte[]> parse(String contentType, byte[] body) {
		Matcher boundary = BOUNDARY.matcher(contentType);
		if (!boundary.find()) {
			throw ApiError.INVALID_BODY.refusal("multipart body without a boundary");
		}
		// One character per byte, so that positions in the text are those in the body.
		String text = LINE + new String(body, StandardCharsets.ISO_8859_1);
		String delimiter = LINE + "--" + boundary.group(1);
		Map<String, byte[]> parts = new HashMap<>();
		int start = text.indexOf(delimiter);
		int end = text.indexOf(delimiter, start + 1);
		while (start >= 0 && end >= 0) {
			addPart(parts, text.substring(start + delimiter.length(), end));
			start = end;
			end = text.indexOf(delimiter, start + 1);
		}
		return parts;
	}

	private static void addPart(Map<String, byte[]> parts, String part) {
		int headersEnd = part.indexOf(HEADERS_END);
		Matcher name = NAME.matcher(part);
		if (headersEnd < 0 || !name.region(0, headersEnd).find()) {
			throw ApiError.INVALID_BODY.refusal("multipart body with a part that has no name");
		}
		String content = part.substring(headersEnd + HEADERS_END.length());
		parts.put(name.group(1), content.getBytes(StandardCharsets.ISO_8859_1));
	}

}
