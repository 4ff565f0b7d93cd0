package dev.kvsession.session.handoff;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * Compression with bounds on both sides: no large text is compressed in vain, no small
 * one swells.
 */
public final class Deflated {

	/** The largest text in bytes: longer JSON never fits a cookie. */
	public static final int MAX_BYTES = 64 * 1024;

	private Deflated() {
	}

	/** Compresses to at most that many bytes, else returns {@code null}. */
	static byte @Nullable [] compress(byte[] bytes, int maxLength) {
		if (bytes.length > MAX_BYTES || maxLength <= 0) {
			return null;
		}
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		try {
			deflater.setInput(bytes);
			deflater.finish();
			byte[] compressed = new byte[maxLength];
			int length = deflater.deflate(compressed);
			return deflater.finished() ? Arrays.copyOf(compressed, length) : null;
		}
		finally {
			deflater.end();
		}
	}

	/**
	 * Expands what {@link #compress} made; throws an IllegalArgumentException if it is
	 * damaged or longer than {@link #MAX_BYTES}.
	 */
	static byte[] expand(byte[] compressed) {
		Inflater inflater = new Inflater(true);
		try {
			inflater.setInput(compressed);
			byte[] bytes = new byte[MAX_BYTES];
			int length = inflater.inflate(bytes);
			if (!inflater.finished()) {
				throw new IllegalArgumentException("not a compressed text of at most " + MAX_BYTES + " bytes");
			}
			return Arrays.copyOf(bytes, length);
		}
		catch (DataFormatException ex) {
			throw new IllegalArgumentException("not a compressed text", ex);
		}
		finally {
			inflater.end();
		}
	}

}
