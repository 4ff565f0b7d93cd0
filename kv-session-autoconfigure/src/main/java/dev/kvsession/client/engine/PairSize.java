package dev.kvsession.client.engine;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvPair;

/**
 * Estimates a pair's part of a bulk write's body.
 */
final class PairSize {

	/**
	 * Names of the fields, their quotation marks, the lifetime.
	 */
	private static final int AROUND = 100;

	private static final int ESCAPED_CONTROL = 6;

	private static final int ESCAPED = 2;

	private static final int LONGEST_CHAR = 3;

	private PairSize() {
	}

	/**
	 * Estimates the size.
	 * @param pair the pair
	 * @return bytes of JSON, rather too many than too few
	 */
	static long of(KvPair pair) {
		return AROUND + json(pair.key()) + json(pair.value()) + json(pair.metadata());
	}

	private static long json(@Nullable String text) {
		long bytes = 0;
		for (int i = 0; text != null && i < text.length(); i++) {
			bytes += json(text.charAt(i));
		}
		return bytes;
	}

	private static int json(char character) {
		if (character < ' ') {
			return ESCAPED_CONTROL;
		}
		if (character == '"' || character == '\\') {
			return ESCAPED;
		}
		return (character < 0x80) ? 1 : LONGEST_CHAR;
	}

}
