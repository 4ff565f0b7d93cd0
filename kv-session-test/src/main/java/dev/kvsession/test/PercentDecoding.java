package dev.kvsession.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding as URL parsers do it: a {@code %} without two hex digits stands for
 * itself.
 */
final class PercentDecoding {

	private static final int HEX = 16;

	private PercentDecoding() {
	}

	static String decode(String text) {
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
		return Utf8.strict(out.toByteArray())
			.orElseThrow(() -> ApiError.INVALID_KEY.refusal("the URL is not valid UTF-8 once decoded"));
	}

	private static int digit(byte[] raw, int index) {
		return (index < raw.length) ? Character.digit(raw[index], HEX) : -1;
	}

}
