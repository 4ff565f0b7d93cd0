package dev.kvsession.session.handoff;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;

/**
 * A handoff as bytes, before it is encrypted. Padding lets the cookie's length, which
 * anyone on the line can see, tell less of what was compressed.
 */
public final class HandoffFormat {

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
		byte[] record = (text != null) ? Deflated.compress(text.getBytes(StandardCharsets.UTF_8), maxBytes) : null;
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
			String text = (record.length != 0) ? new String(Deflated.expand(record), StandardCharsets.UTF_8) : null;
			return new Handoff(id, rev, issuedAtMillis, text);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("not a handoff: it ends too early");
		}
	}

}
