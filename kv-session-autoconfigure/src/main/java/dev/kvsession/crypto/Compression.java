package dev.kvsession.crypto;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses what is to be sealed (raw DEFLATE, RFC 1951). Zeros behind it let the length
 * of what is sealed, which everybody sees, tell less of what was compressed.
 */
public final class Compression {

	private static final int PADDED_TO = 64;

	/** ISO/IEC 7816-4: the byte after the content, followed by zeros. */
	private static final byte END = (byte) 0x80;

	private static final int CHUNK = 8192;

	private Compression() {
	}

	public static byte[] compress(byte[] bytes, int level) {
		Deflater deflater = new Deflater(level, true);
		try {
			deflater.setInput(bytes);
			deflater.finish();
			ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2 + PADDED_TO);
			byte[] chunk = new byte[CHUNK];
			while (!deflater.finished()) {
				compressed.write(chunk, 0, deflater.deflate(chunk));
			}
			return compressed.toByteArray();
		}
		finally {
			deflater.end();
		}
	}

	/** Appends zeros up to the next multiple of 64. */
	public static byte[] padded(byte[] compressed) {
		return Arrays.copyOf(compressed, compressed.length + Math.floorMod(-compressed.length, PADDED_TO));
	}

	/**
	 * Appends the byte 0x80, and zeros up to the next multiple of 64: some decompressors
	 * refuse what follows the end, so they must find it.
	 */
	public static byte[] paddedWithEnd(byte[] compressed) {
		byte[] ended = Arrays.copyOf(compressed, compressed.length + 1);
		ended[compressed.length] = END;
		return padded(ended);
	}

	/**
	 * Expands what was compressed, and perhaps padded. Throws an IllegalArgumentException
	 * if it is damaged or has more than {@code most} bytes.
	 */
	public static byte[] expand(byte[] compressed, int most) {
		Inflater inflater = new Inflater(true);
		try {
			inflater.setInput(compressed);
			ByteArrayOutputStream expanded = new ByteArrayOutputStream(Math.min(most, CHUNK));
			byte[] chunk = new byte[CHUNK];
			while (!inflater.finished()) {
				int length = inflater.inflate(chunk);
				boolean stuck = length == 0 && !inflater.finished();
				if (stuck || expanded.size() + length > most) {
					throw new IllegalArgumentException("not a compressed text of at most " + most + " bytes");
				}
				expanded.write(chunk, 0, length);
			}
			return expanded.toByteArray();
		}
		catch (DataFormatException ex) {
			throw new IllegalArgumentException("not a compressed text", ex);
		}
		finally {
			inflater.end();
		}
	}

}
