package dev.kvsession.client;

import java.nio.charset.StandardCharsets;

import org.springframework.util.Assert;

import dev.kvsession.client.support.Utf8;

/**
 * Checks keys and puts them into a URL. Every byte outside RFC 3986's unreserved set is
 * percent-encoded: a server that normalises paths would otherwise turn a key with
 * {@code ../} into another resource.
 */
public final class KeyEncoding {

	private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private KeyEncoding() {
	}

	/**
	 * Refuses what KV does not take as a key. No message contains the key.
	 * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}, longer
	 * than 512 bytes, or not encodable
	 */
	public static void check(String key) {
		Assert.hasLength(key, "The key must not be empty");
		Assert.isTrue(!".".equals(key) && !"..".equals(key),
				"The key must not be '.' or '..': as a path segment they lead to another resource");
		int bytes = Utf8.length(key);
		Assert.isTrue(bytes != Utf8.NOT_ENCODABLE, "The key must not contain half of a surrogate pair");
		Assert.isTrue(bytes <= KvLimits.MAX_KEY_BYTES,
				() -> "The key must have at most " + KvLimits.MAX_KEY_BYTES + " bytes of UTF-8, but has " + bytes);
	}

	public static String encodeKey(String key) {
		check(key);
		return encode(key);
	}

	/**
	 * Percent-encodes any text, for a path segment or a query parameter.
	 * @param text the text, without half surrogate pairs
	 * @return the encoded text
	 */
	public static String encode(String text) {
		StringBuilder encoded = new StringBuilder(text.length() + 16);
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			if (octet > 0 && UNRESERVED.indexOf(octet) >= 0) {
				encoded.append((char) octet);
			}
			else {
				encoded.append('%').append(HEX[(octet >> 4) & 0xF]).append(HEX[octet & 0xF]);
			}
		}
		return encoded.toString();
	}

}
