package dev.kvsession.codec.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import dev.kvsession.codec.trust.TrustedPackages;

/**
 * Words of messages about values. Parts are named by fields and indices, as in
 * items[0].price, but never by a map's keys, which are values.
 */
public final class Wording {

	/** An element of a map or set. */
	static final String ANY = "[*]";

	private static final int MAX_SEGMENTS = 20;

	/** Not the application's own. */
	private static final Pattern PLATFORM = Pattern
		.compile("\\[*L?(java|javax|jakarta|jdk|sun|com[.]sun|kotlin|org[.]springframework)[.].*");

	/** Names that exist while one application runs, and in it alone. */
	private static final Pattern GENERATED = Pattern.compile(".*([$][$]|/).*");

	private static final String ADMITS = TrustedPackages.PROPERTY + " admits the application's own types alone.";

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

	private Wording() {
	}

	/* A line break in a name must not forge a line of a log. */
	public static String printable(String name) {
		return UNPRINTABLE.matcher(name).replaceAll("?");
	}

	/* Joins names of fields and indices. Empty names do not count. */
	static String place(List<?> segments) {
		StringBuilder place = new StringBuilder();
		int count = 0;
		for (Object segment : segments) {
			String text = (segment instanceof Integer) ? "[" + segment + "]" : segment.toString();
			if (text.isEmpty()) {
				continue;
			}
			if (++count > MAX_SEGMENTS) {
				return place.append("...").toString();
			}
			place.append((place.isEmpty() || text.charAt(0) == '[') ? text : "." + text);
		}
		return place.toString();
	}

	/* Where Jackson failed, or an empty text if it does not tell. */
	static String place(Throwable failure) {
		List<Object> segments = new ArrayList<>();
		if (failure instanceof JacksonException jackson) {
			jackson.getPath().forEach((reference) -> segments.add(segment(reference)));
		}
		return place(segments);
	}

	private static Object segment(JacksonException.Reference reference) {
		if (reference.getPropertyName() == null) {
			return (reference.getIndex() >= 0) ? reference.getIndex() : "";
		}
		return isMap(reference.from()) ? ANY : reference.getPropertyName();
	}

	private static boolean isMap(@Nullable Object from) {
		return from == null || from instanceof Map
				|| (from instanceof Class<?> type && Map.class.isAssignableFrom(type));
	}

	/* A problem of an attribute, or of a part of it, as a sentence. */
	public static String sentence(String place, String attribute, String problem) {
		return place.isEmpty() ? "it " + problem : "`" + place + "` of attribute `" + attribute + "` " + problem;
	}

	static boolean isGenerated(String type) {
		return GENERATED.matcher(type).matches();
	}

	public static String adviceFor(String type) {
		if (isGenerated(type)) {
			return "That is a lambda, a proxy or another class that is generated at run time, which no other instance "
					+ "has: store the data that it works on instead. " + ADMITS;
		}
		if (PLATFORM.matcher(type).matches()) {
			return "That is no type of the application's own: store what is needed of it as plain values, lists, maps "
					+ "or records instead. " + ADMITS;
		}
		return "If that type is the application's own, name its package in " + TrustedPackages.PROPERTY
				+ "; otherwise store plain values instead.";
	}

}
