package dev.kvsession.test;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * UTF-8 as the service reads and writes it (WHATWG Encoding Standard): half of a
 * surrogate pair becomes U+FFFD, where Java writes a question mark.
 */
final class Utf8 {

	private static final byte[] REPLACEMENT = { (byte) 0xEF, (byte) 0xBF, (byte) 0xBD };

	private Utf8() {
	}

	static byte[] encode(String text) {
		CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			.replaceWith(REPLACEMENT);
		try {
			ByteBuffer encoded = encoder.encode(CharBuffer.wrap(text));
			byte[] bytes = new byte[encoded.remaining()];
			encoded.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalStateException("What cannot be encoded is replaced", ex);
		}
	}

	static Optional<String> strict(byte[] bytes) {
		try {
			return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
		}
		catch (CharacterCodingException ex) {
			return Optional.empty();
		}
	}

	static boolean canEncode(String text) {
		return StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

}
