package dev.kvsession.codec;

import java.util.Comparator;
import java.util.HexFormat;

import org.springframework.util.Assert;

/**
 * A hybrid logical clock reading with the name of the writer that took it: the total
 * order by which concurrent changes of one session are merged. Immutable.
 * <p>
 * Its text has a fixed width except for the writer and sorts as the stamps do: twelve
 * hexadecimal digits of epoch milliseconds, four of the counter, the writer's name.
 *
 * @param millis epoch milliseconds, 0 to 2^48 - 1
 * @param counter tells apart stamps of the same millisecond, 0 to 65535
 * @param writer name of the instance, 1 to 32 characters of {@code [0-9a-z]}; decides
 * between stamps that are otherwise equal
 */
public record Stamp(long millis, int counter, String writer) implements Comparable<Stamp> {

	private static final Comparator<Stamp> ORDER = Comparator.comparingLong(Stamp::millis)
		.thenComparingInt(Stamp::counter)
		.thenComparing(Stamp::writer);

	private static final int MAX_COUNTER = 0xFFFF;

	private static final int MILLIS_DIGITS = 12;

	private static final int COUNTER_DIGITS = 4;

	private static final int WRITER_OFFSET = MILLIS_DIGITS + COUNTER_DIGITS + 2;

	private static final int MAX_WRITER_LENGTH = 32;

	public Stamp {
		Assert.isTrue(millis >= 0 && millis >>> 48 == 0, "'millis' must fit into 48 bits");
		Assert.isTrue(counter >= 0 && counter <= MAX_COUNTER, "'counter' must fit into 16 bits");
		Assert.isTrue(isWriter(writer), "'writer' must be 1 to 32 characters of [0-9a-z]");
	}

	/**
	 * Reads a stamp's text.
	 * @param text what {@link #toString()} wrote
	 * @return the stamp
	 * @throws IllegalArgumentException if the text is no stamp
	 */
	public static Stamp parse(String text) {
		Assert.isTrue(
				text.length() > WRITER_OFFSET && text.charAt(MILLIS_DIGITS) == '-'
						&& text.charAt(WRITER_OFFSET - 1) == '-',
				"not a stamp: expected {12 hex digits}-{4 hex digits}-{writer}");
		long millis = HexFormat.fromHexDigitsToLong(text, 0, MILLIS_DIGITS);
		int counter = HexFormat.fromHexDigits(text, MILLIS_DIGITS + 1, WRITER_OFFSET - 1);
		return new Stamp(millis, counter, text.substring(WRITER_OFFSET));
	}

	private static boolean isWriter(String writer) {
		return !writer.isEmpty() && writer.length() <= MAX_WRITER_LENGTH
				&& writer.chars().allMatch((c) -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
	}

	@Override
	public int compareTo(Stamp other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		HexFormat hex = HexFormat.of();
		return hex.toHexDigits(this.millis, MILLIS_DIGITS) + "-" + hex.toHexDigits(this.counter, COUNTER_DIGITS) + "-"
				+ this.writer;
	}

}
