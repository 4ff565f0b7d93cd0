package dev.kvsession.session.handoff;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * Compression with bounds on both sides: neither is a large text compressed in vain, nor
 * does a small one swell.
 */
public final class Deflated {

	/**
	 * The largest text that is taken, in bytes: JSON of that size never fits a cookie, so
	 * nothing honest is beyond it.
	 */
	public static final int MAX_BYTES = 64 * 1024;

	private Deflated() {
	}

	/**
	 * Compresses bytes.
	 * @param bytes the bytes
	 * @param maxLength how many they may become
	 * @return the compressed bytes, or {@code null} if there are more
	 */
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
	 * Expands what {@link #compress} made.
	 * @param compressed the compressed bytes
	 * @return the bytes, at most {@link #MAX_BYTES}
	 * @throws IllegalArgumentException if there would be more, or they are damaged
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
