package dev.kvsession.test.store;

import java.util.Comparator;

/**
 * KV lists keys by the bytes of their UTF-8, which is the order of their code points.
 * Java's own order differs for characters beyond the basic plane.
 */
final class KeyOrder implements Comparator<String> {

	@Override
	public int compare(String left, String right) {
		int common = Math.min(left.length(), right.length());
		int index = 0;
		while (index < common && left.charAt(index) == right.charAt(index)) {
			index++;
		}
		if (index == common) {
			return Integer.compare(left.length(), right.length());
		}
		return Integer.compare(rank(left.charAt(index)), rank(right.charAt(index)));
	}

	private static int rank(char unit) {
		// Surrogates stand for code points above all others.
		return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
	}

}
