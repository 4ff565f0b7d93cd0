package dev.kvsession.session.handoff;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;

/**
 * A handoff as bytes, before it is encrypted. Padding lets the cookie's length, which
 * anyone on the line can see, tell less of what was compressed.
 */
public final class HandoffFormat {

	/** The largest text in bytes: longer JSON never fits a cookie. */
	public static final int MAX_BYTES = 64 * 1024;

	private static final int PADDED_TO = 64;

	private static final byte[] NO_RECORD = {};

	private HandoffFormat() {
	}

	/** Writes a handoff, without its record if that makes it too long. */
	public static byte[] write(Handoff handoff, int maxBytes) {
		byte[] record = compressed(handoff.record(), maxBytes);
		byte[] whole = bytes(handoff, record);
		return (whole.length <= maxBytes) ? whole : bytes(handoff, NO_RECORD);
	}

	private static byte[] compressed(@Nullable String text, int maxBytes) {
		byte[] record = (text != null) ? compress(text.getBytes(StandardCharsets.UTF_8), maxBytes) : null;
		return (record != null) ? record : NO_RECORD;
	}

	private static byte[] bytes(Handoff handoff, byte[] record) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeLong(handoff.issuedAtMillis());
			out.writeUTF(handoff.id());
			out.writeUTF(handoff.rev().toString());
			out.writeShort(record.length);
			out.write(record);
			out.write(new byte[Math.floorMod(-out.size(), PADDED_TO)]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Reads what {@link #write} wrote and nobody could change since; throws an
	 * IllegalArgumentException if it is none, or its record is too large.
	 */
	public static Handoff read(byte[] bytes) {
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			long issuedAtMillis = in.readLong();
			String id = in.readUTF();
			Stamp rev = Stamp.parse(in.readUTF());
			byte[] record = new byte[in.readUnsignedShort()];
			in.readFully(record);
			String text = (record.length != 0) ? new String(expand(record), StandardCharsets.UTF_8) : null;
			return new Handoff(id, rev, issuedAtMillis, text);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("not a handoff: it ends too early");
		}
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
