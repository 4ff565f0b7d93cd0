package dev.kvsession.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * One session attribute as it lies in the record: its envelope. Immutable except for the
 * memory that its text takes, see {@link #pack}. Safe for concurrent use.
 */
public final class StoredAttribute {

	/** Characters below which compressing saves less memory than it costs time. */
	private static final int MIN_LENGTH = 512;

	private final Stamp at;

	private final String format;

	/** Bytes of the text in UTF-8, or 0 before they are counted. */
	private int size;

	/** A string, or its compressed bytes. */
	private volatile Object content;

	/**
	 * Creates an attribute.
	 * @param at when it was set
	 * @param format how the value is encoded, the envelope's field name: {@code json},
	 * {@code jdk}, or a name that a newer version knows
	 * @param raw the JSON text of the encoded value exactly as it was read or written, so
	 * that an attribute nobody touches is written back byte for byte
	 */
	public StoredAttribute(Stamp at, String format, String raw) {
		Assert.notNull(at, "'at' must not be null");
		Assert.hasText(format, "'format' must not be empty");
		Assert.hasLength(raw, "'raw' must not be empty");
		this.at = at;
		this.format = format;
		this.content = raw;
	}

	/**
	 * Returns when it was set.
	 * @return the stamp
	 */
	public Stamp at() {
		return this.at;
	}

	/**
	 * Returns how the value is encoded.
	 * @return the envelope's field name
	 */
	public String format() {
		return this.format;
	}

	/**
	 * Returns the encoded value.
	 * @return the JSON text exactly as it was read or written
	 */
	public String raw() {
		return text(this.content);
	}

	private static String text(Object content) {
		return (content instanceof byte[] packed) ? decompress(packed) : (String) content;
	}

	/**
	 * Returns how large the encoded value is. Counted once.
	 * @return bytes of its text in UTF-8
	 */
	public int size() {
		int known = this.size;
		if (known == 0) {
			known = raw().getBytes(StandardCharsets.UTF_8).length;
			this.size = known;
		}
		return known;
	}

	/**
	 * Compresses a long text in place, for an attribute that stays in memory. It takes
	 * some ten microseconds, and each {@link #raw} from then on takes some.
	 * @param packed an equal attribute that was packed before, whose text is shared from
	 * now on, or {@code null} if there is none
	 */
	public void pack(@Nullable StoredAttribute packed) {
		Object mine = (packed != null) ? packed.content : this.content;
		this.content = (packed == null && mine instanceof String text) ? compress(text) : mine;
	}

	/**
	 * Returns the size of the compressed text.
	 * @return bytes, or 0 if the text is not compressed
	 */
	public int packedSize() {
		return (this.content instanceof byte[] packed) ? packed.length : 0;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof StoredAttribute attribute && this.at.equals(attribute.at)
				&& this.format.equals(attribute.format) && hasText(attribute.content));
	}

	private boolean hasText(Object other) {
		Object mine = this.content;
		return (mine instanceof byte[] a && other instanceof byte[] b) ? Arrays.equals(a, b)
				: text(mine).equals(text(other));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.at, this.format);
	}

	@Override
	public String toString() {
		return "StoredAttribute[at=" + this.at + ", format=" + this.format + "]";
	}

	/*
	 * Returns the text itself if its bytes would not save a quarter, or UTF-8 cannot hold
	 * it.
	 */
	private static Object compress(String text) {
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
		return (bytes.length < text.length() / 4 * 3 && decompress(bytes).equals(text)) ? bytes : text;
	}

	private static String decompress(byte[] packed) {
		try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
