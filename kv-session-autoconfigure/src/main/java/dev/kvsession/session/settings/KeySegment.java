package dev.kvsession.session.settings;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.kvsession.client.support.Utf8;

/**
 * Makes segments of KV keys from foreign texts. No two texts give the same segment, and
 * no segment contains a colon.
 */
public final class KeySegment {

	/** Marks a hash: no percent-encoded text contains it. */
	private static final char HASHED = '=';

	private static final String UNRESERVED = "-._~";

	private static final int BYTE = 0xFF;

	private KeySegment() {
	}

	/**
	 * Names a session id in a key that others may list: the id cannot be computed from
	 * it. SHA-256 in base64url, 43 characters.
	 */
	public static String handle(String id) {
		return base64(SessionIdHash.digest(id.getBytes(StandardCharsets.UTF_8)));
	}

	/** Percent-encodes a text, or hashes it if that has more than {@code most} bytes. */
	public static String of(String text, int most) {
		if (Utf8.length(text) == Utf8.NOT_ENCODABLE) {
			return hashed(text);
		}
		StringBuilder encoded = new StringBuilder(text.length());
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			char character = (char) (octet & BYTE);
			if (isUnreserved(character)) {
				encoded.append(character);
			}
			else {
				encoded.append('%').append(String.format("%02X", octet & BYTE));
			}
		}
		return (encoded.length() <= most) ? encoded.toString() : hashed(text);
	}

	/* All 16 bits of each character, so that also broken surrogates differ. */
	private static String hashed(String text) {
		byte[] bytes = new byte[2 * text.length()];
		for (int i = 0; i < text.length(); i++) {
			bytes[2 * i] = (byte) (text.charAt(i) >> Byte.SIZE);
			bytes[2 * i + 1] = (byte) text.charAt(i);
		}
		return HASHED + base64(SessionIdHash.digest(bytes));
	}

	private static boolean isUnreserved(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || UNRESERVED.indexOf(character) >= 0;
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
