package dev.kvsession.test.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * UTF-8 as the service's runtime has it (WHATWG Encoding Standard), which differs from
 * Java's in byte order marks, surrogates and replacements.
 */
public final class Utf8 {

	private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** With {@link #FIRST_OF_SURROGATES} or above as second byte: a surrogate. */
	private static final byte BEFORE_SURROGATES = (byte) 0xED;

	private static final int FIRST_OF_SURROGATES = 0xA0;

	private static final int BYTE = 0xFF;

	private Utf8() {
	}

	static boolean isWellFormed(String text) {
		return StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

	/** Decodes; empty if malformed. */
	public static Optional<String> strict(byte[] bytes) {
		try {
			return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
		}
		catch (CharacterCodingException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Decodes without a byte order mark. Malformed bytes become U+FFFD, each byte of a
	 * surrogate on its own.
	 */
	public static String lenient(byte[] bytes) {
		byte[] copy = bytes.clone();
		for (int i = 0; i < copy.length - 1; i++) {
			if (copy[i] == BEFORE_SURROGATES && (copy[i + 1] & BYTE) >= FIRST_OF_SURROGATES) {
				copy[i] = (byte) BYTE;
			}
		}
		String text = new String(copy, StandardCharsets.UTF_8);
		return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
	}

	/** Encodes; half of a surrogate pair becomes U+FFFD. */
	public static byte[] bytes(String text) {
		try {
			ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder()
				.onMalformedInput(CodingErrorAction.REPLACE)
				.replaceWith(REPLACEMENT)
				.encode(CharBuffer.wrap(text));
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalStateException("UTF-8 encodes all text", ex);
		}
	}

}
