package dev.kvsession.codec;

import java.util.regex.Pattern;

/**
 * Names from records and applications, as they may stand in messages: a line break in one
 * must not forge a line of a log.
 */
final class Printable {

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

	private Printable() {
	}

	static String of(String name) {
		return UNPRINTABLE.matcher(name).replaceAll("?");
	}

}
