package dev.kvsession.client.rest;

import java.util.regex.Pattern;

/**
 * Makes a server's message safe to show. It may quote a key, so everything in quotation
 * marks is removed, and everything that is neither a plain word nor a short number.
 */
public final class Excerpt {

	private static final int MAX_CHARS = 120;

	/** No plain English word is longer, and no session id is shorter. */
	private static final Pattern WORD = Pattern.compile("[(\\[]?(?:[A-Za-z]{1,18}|\\d{1,9})[)\\]]?[.,:;!?]?");

	private static final Pattern QUOTED = Pattern.compile("'[^']*'?|\"[^\"]*\"?|`[^`]*`?");

	private static final String GONE = "…";

	private Excerpt() {
	}

	public static String of(String text) {
		if (text.isBlank()) {
			return "";
		}
		StringBuilder excerpt = new StringBuilder();
		for (String word : QUOTED.matcher(text).replaceAll(" " + GONE + " ").trim().split("\\s+")) {
			String kept = WORD.matcher(word).matches() ? word : GONE;
			if (excerpt.length() + kept.length() > MAX_CHARS) {
				break;
			}
			if (!(GONE.equals(kept) && excerpt.toString().endsWith(GONE))) {
				excerpt.append((excerpt.isEmpty()) ? "" : " ").append(kept);
			}
		}
		return excerpt.toString();
	}

}
