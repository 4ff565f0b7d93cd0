package dev.kvsession.test.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding as URL parsers do it: a {@code %} without two hex digits stands for
 * itself.
 */
public final class PercentDecoding {

	private static final int HEX = 16;

	private PercentDecoding() {
	}

	/** Decodes, or refuses what is not UTF-8. */
	public static String decode(String text) {
		return Utf8.strict(bytes(text))
			.orElseThrow(() -> ApiError.INVALID_KEY.refusal("the URL is not valid UTF-8 once decoded"));
	}

	/** Decodes; what is not UTF-8 becomes U+FFFD. */
	static String lenient(String text) {
		return new String(bytes(text), StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		byte[] raw = text.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
		for (int i = 0; i < raw.length; i++) {
			int high = (raw[i] == '%') ? digit(raw, i + 1) : -1;
			int low = (high >= 0) ? digit(raw, i + 2) : -1;
			if (low >= 0) {
				out.write(high * HEX + low);
				i += 2;
			}
			else {
				out.write(raw[i]);
			}
		}
		return out.toByteArray();
	}

	private static int digit(byte[] raw, int index) {
		return (index < raw.length) ? Character.digit(raw[index], HEX) : -1;
	}

}
