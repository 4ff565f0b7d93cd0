package dev.kvsession.codec.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Names a part of an attribute's value, as in {@code items[0].price}: by fields and
 * indices. A map's keys are values and are never named.
 */
public final class Place {

	/** An element of a map or set. */
	static final String ANY = "[*]";

	private static final int MAX_SEGMENTS = 20;

	private Place() {
	}

	/* Joins names of fields and indices. Empty names do not count. */
	static String of(List<?> segments) {
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
	static String of(Throwable failure) {
		List<Object> segments = new ArrayList<>();
		if (failure instanceof JacksonException jackson) {
			jackson.getPath().forEach((reference) -> segments.add(segment(reference)));
		}
		return of(segments);
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

}
