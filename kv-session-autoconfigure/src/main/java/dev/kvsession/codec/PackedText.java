package dev.kvsession.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Compresses the texts of attributes while they stay in memory. Equal texts become equal
 * bytes.
 */
final class PackedText {

	/** In characters. A shorter text saves less memory than it costs time. */
	private static final int MIN_LENGTH = 512;

	private PackedText() {
	}

	/**
	 * Compresses a text.
	 * @param text the text
	 * @return the bytes, or the text itself if it is short, does not become smaller by a
	 * quarter, or has characters that UTF-8 does not hold
	 */
	static Object pack(String text) {
		if (text.length() < MIN_LENGTH) {
			return text;
		}
		ByteArrayOutputStream packed = new ByteArrayOutputStream(MIN_LENGTH);
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			deflater.end();
		}
		byte[] bytes = packed.toByteArray();
		return (bytes.length < text.length() / 4 * 3 && unpack(bytes).equals(text)) ? bytes : text;
	}

	static String unpack(byte[] packed) {
		try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
