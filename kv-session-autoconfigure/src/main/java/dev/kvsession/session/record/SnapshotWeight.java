package dev.kvsession.session.record;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.StoredAttribute;

/**
 * Estimates the heap of a session once all its attributes have been decoded. The numbers
 * fit what sessions of several kinds retained on a 64-bit JVM with compressed references:
 * a login with GitHub, a cart of maps, lists of numbers, long texts, many small
 * attributes, none.
 */
final class SnapshotWeight {

	/** The entry: its id, the nodes of the cache, record, times and stamps, in bytes. */
	private static final int ENTRY = 620;

	/** An attribute: names, stamps, envelope and the entries of maps, in bytes. */
	private static final int ATTRIBUTE = 270;

	/** A claim, or the stamp of a removal, in bytes. */
	private static final int FIELD = 160;

	/** A decoded map, and a decoded object that is none, without contents, in bytes. */
	private static final int MAP = 110;

	private static final int OBJECT = 32;

	/** A decoded list or set without contents, in bytes. */
	private static final int LIST = 72;

	/** An entry of a decoded map, in bytes. All sessions share the keys. */
	private static final int ENTRY_OF_MAP = 46;

	/** What a decoded string occupies beside its text, in bytes. */
	private static final int STRING = 44;

	/** A decoded number, with its place in a list, in bytes. */
	private static final int NUMBER = 20;

	private static final char LAST_OF_ONE_BYTE = 0xFF;

	private static final String TYPE = "\"@class\":";

	private static final String MAPS = "\"java.util.";

	private static final String AUTHORITY = "{\"@class\":\"org.springframework.security.oauth2.core.user.OAuth2UserAuthority\"";

	private SnapshotWeight() {
	}

	/** Estimates the heap of one session in bytes. */
	static int of(SessionRecord record, Collection<AttributeCell> cells) {
		long weight = ENTRY + (long) FIELD * (record.claims().size() + record.removed().size());
		for (Object claim : record.claims().values()) {
			weight += String.valueOf(claim).length();
		}
		for (String unknown : record.unknown().values()) {
			weight += FIELD + ofText(unknown);
		}
		weight += of(record.indexes());
		for (AttributeCell cell : cells) {
			StoredAttribute stored = cell.stored();
			int packed = stored.packedSize();
			weight += ATTRIBUTE + ((packed > 0) ? packed : ofText(stored.raw())) + cell.weight();
		}
		return (int) Math.min(weight, Integer.MAX_VALUE);
	}

	private static long of(@Nullable SessionIndexes indexes) {
		if (indexes == null) {
			return 0;
		}
		return Stream.of(indexes.names(), indexes.details())
			.flatMap((texts) -> texts.values().stream())
			.mapToLong((text) -> FIELD + ofText(text))
			.sum();
	}

	private static long ofText(String text) {
		return text.chars().anyMatch((c) -> c > LAST_OF_ONE_BYTE) ? 2L * text.length() : text.length();
	}

	/** Estimates the heap of a decoded value in bytes; equal strings are one object. */
	static int ofValue(String raw) {
		String text = withoutCopies(raw);
		long weight = 0;
		Set<String> strings = new HashSet<>();
		boolean inMap = false;
		int end = 0;
		for (int start = text.indexOf('"'); start >= 0; start = text.indexOf('"', end)) {
			weight += ofNumbers(text, end, start);
			end = end(text, start);
			String string = text.substring(start, end);
			if (text.startsWith(":", end)) {
				weight += inMap ? ENTRY_OF_MAP : 0;
			}
			else if (text.startsWith(TYPE, start - TYPE.length())) {
				inMap = string.startsWith(MAPS);
				weight += inMap ? MAP : OBJECT;
			}
			else if (text.startsWith(",[", end)) {
				weight += LIST;
			}
			else if (strings.add(string)) {
				weight += STRING + ofText(string);
			}
		}
		return (int) Math.min(weight + ofNumbers(text, end, text.length()), Integer.MAX_VALUE);
	}

	private static long ofNumbers(String text, int start, int end) {
		long numbers = IntStream.range(start + 1, end)
			.filter((i) -> ":,[".indexOf(text.charAt(i - 1)) >= 0 && "-0123456789".indexOf(text.charAt(i)) >= 0)
			.count();
		return NUMBER * numbers;
	}

	private static int end(String text, int start) {
		int end = start + 1;
		while (end < text.length() && text.charAt(end) != '"') {
			end += (text.charAt(end) == '\\') ? 2 : 1;
		}
		return Math.min(end + 1, text.length());
	}

	/*
	 * An authority that stands in a text twice is decoded to one object if it holds
	 * nothing but plain values.
	 */
	private static String withoutCopies(String raw) {
		int start = raw.indexOf(AUTHORITY);
		int end = raw.indexOf('}', raw.indexOf('}', start + 1) + 1) + 1;
		if (start < 0 || end <= start) {
			return raw;
		}
		String authority = raw.substring(start, end);
		boolean plain = authority.indexOf('[') < 0 && authority.chars().filter((c) -> c == '{').count() == 2;
		return (plain) ? raw.substring(0, end) + raw.substring(end).replace(authority, "") : raw;
	}

}
