package dev.kvsession.session.protection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.Lifetimes;

/**
 * The parts of an id that looks signed. Immutable; never shows the id.
 *
 * @param key the name of the key
 * @param minute the minute in which it was made, since 1970
 * @param tenant the tenant's tag, or empty
 * @param body what is signed
 * @param signature what should be its signature
 */
record SignedId(String key, long minute, String tenant, String body, String signature) {

	/** Kind, key, minute and tenant, which contain no dots. */
	private static final int PARTS_BEFORE = 4;

	private static final int RADIX = 36;

	private static final int MOST_DIGITS = 10;

	/**
	 * So long after the minute began, its sessions may not be seen everywhere; and clocks
	 * differ by less than half a minute.
	 */
	private static final long YOUNG = Lifetimes.LONGEST_READER_LAG.plusMinutes(1).toMillis();

	private static final long SKEW = Duration.ofSeconds(30).toMillis();

	/** Takes an id apart; {@code null} if it is not signed. Proves nothing. */
	static @Nullable SignedId parse(String id) {
		int end = id.lastIndexOf('.');
		int[] dots = new int[PARTS_BEFORE + 1];
		dots[0] = -1;
		for (int part = 1; part <= PARTS_BEFORE; part++) {
			dots[part] = id.indexOf('.', dots[part - 1] + 1);
			if (dots[part] < 0 || dots[part] >= end) {
				return null;
			}
		}
		long minute = minute(id.substring(dots[2] + 1, dots[3]));
		return (minute < 0) ? null : new SignedId(id.substring(dots[1] + 1, dots[2]), minute,
				id.substring(dots[3] + 1, dots[4]), id.substring(0, end), id.substring(end + 1));
	}

	static String minute(long nowMillis) {
		return Long.toString(Duration.ofMillis(nowMillis).toMinutes(), RADIX);
	}

	/** Reads a minute; a negative number if it is none. */
	static long minute(String digits) {
		boolean number = !digits.isEmpty() && digits.length() <= MOST_DIGITS
				&& digits.chars().allMatch((c) -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
		return number ? Long.parseLong(digits, RADIX) : -1;
	}

	boolean isYoung(long nowMillis) {
		long age = nowMillis - Duration.ofMinutes(this.minute).toMillis();
		return age >= -SKEW && age < YOUNG;
	}

	@Override
	public String toString() {
		return "SignedId[key=" + this.key + "]";
	}

}
