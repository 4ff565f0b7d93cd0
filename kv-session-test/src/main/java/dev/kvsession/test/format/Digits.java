package dev.kvsession.test.format;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Integers in requests. Java's own parsers also take digits of other scripts. */
public final class Digits {

	private static final Pattern SIGNED = Pattern.compile("[+-]?[0-9]{1,15}");

	private static final Pattern UNSIGNED = Pattern.compile("[0-9]{1,9}");

	private Digits() {
	}

	static OptionalLong signed(String text) {
		return parse(SIGNED, text);
	}

	public static OptionalLong unsigned(String text) {
		return parse(UNSIGNED, text);
	}

	private static OptionalLong parse(Pattern pattern, String text) {
		return pattern.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
	}

}
