package dev.kvsession.session.handoff;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;
import dev.kvsession.crypto.Compression;

/**
 * A handoff as bytes, before it is encrypted. Padding lets the cookie's length, which
 * anyone on the line can see, tell less of what was compressed.
 */
public final class HandoffFormat {

	/** The largest text in bytes: longer JSON never fits a cookie. */
	public static final int MAX_BYTES = 64 * 1024;

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
		byte[] bytes = (text != null) ? text.getBytes(StandardCharsets.UTF_8) : NO_RECORD;
		if (bytes.length == 0 || bytes.length > MAX_BYTES) {
			return NO_RECORD;
		}
		byte[] record = Compression.compress(bytes, Deflater.BEST_COMPRESSION);
		return (record.length <= maxBytes) ? record : NO_RECORD;
	}

	private static byte[] bytes(Handoff handoff, byte[] record) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeLong(handoff.issuedAtMillis());
			out.writeUTF(handoff.id());
			out.writeUTF(handoff.rev().toString());
			out.writeShort(record.length);
			out.write(record);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Compression.padded(bytes.toByteArray());
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
			String text = (record.length != 0)
					? new String(Compression.expand(record, MAX_BYTES), StandardCharsets.UTF_8) : null;
			return new Handoff(id, rev, issuedAtMillis, text);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("not a handoff: it ends too early");
		}
	}

}
