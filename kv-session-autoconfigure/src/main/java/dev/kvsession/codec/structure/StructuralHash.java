package dev.kvsession.codec.structure;

import java.util.Calendar;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

import org.jspecify.annotations.Nullable;

/**
 * Hashes a value's structure. Equal values have equal hashes; others hardly ever do, even
 * if an attacker tries. Only some levels count, which ends cycles and bounds the work.
 * Confined to one comparison.
 */
public final class StructuralHash {

	/** Values that differ only below these levels are compared with each other. */
	private static final int DEPTH = 8;

	/** Odd constant of SplitMix64, which spreads each bit over all. */
	private static final long SPREAD = 0xBF58476D1CE4E5B9L;

	private static final int HALF = 32;

	private final Map<Object, long[]> known = new IdentityHashMap<>();

	public long of(@Nullable Object value) {
		return hash(value, DEPTH);
	}

	private long hash(@Nullable Object value, int depth) {
		if (value == null) {
			return 0;
		}
		Structure structure = Structure.of(value);
		if (structure.isPlain()) {
			return mix(structure.kind().hashCode(), plain(value));
		}
		if (depth == 0) {
			return 0;
		}
		if (value instanceof Map.Entry) {
			return composite(structure, value, depth - 1);
		}
		long[] hashes = this.known.computeIfAbsent(value, (key) -> new long[DEPTH + 1]);
		if (hashes[depth] == 0) {
			hashes[depth] = composite(structure, value, depth - 1);
		}
		return hashes[depth];
	}

	private long composite(Structure structure, Object value, int depth) {
		long hash = structure.kind().hashCode();
		for (Object field : structure.fields(value)) {
			hash = mix(hash, hash(field, depth));
		}
		boolean ordered = value instanceof List || !structure.isCollection();
		long sum = 0;
		for (Object element : Structure.elements(value)) {
			sum = (ordered) ? mix(sum, hash(element, depth)) : sum + mix(1, hash(element, depth));
		}
		return mix(hash, sum);
	}

	private static long plain(Object value) {
		if (value instanceof Date date) {
			return date.getTime();
		}
		boolean verbose = value instanceof Calendar || value instanceof TimeZone;
		return verbose ? value.hashCode() : text(value.toString());
	}

	private static long text(String text) {
		long hash = text.length();
		for (int i = 0; i < text.length(); i++) {
			hash = mix(hash, text.charAt(i));
		}
		return hash;
	}

	private static long mix(long hash, long value) {
		long mixed = ((hash ^ (hash >>> HALF)) + value + 1) * SPREAD;
		return mixed ^ (mixed >>> HALF);
	}

}
