package dev.kvsession.client.support;

/** Counts bytes of UTF-8 without encoding: values may have 25 MiB. */
public final class Utf8 {

	/** The text has half of a surrogate pair, for which Java would send a "?". */
	public static final int NOT_ENCODABLE = -1;

	private Utf8() {
	}

	/** Returns the number of bytes, at most MAX_VALUE, or {@link #NOT_ENCODABLE}. */
	public static int length(String text) {
		long bytes = 0;
		for (int i = 0; i < text.length(); i++) {
			char unit = text.charAt(i);
			if (Character.isSurrogate(unit)) {
				if (i + 1 == text.length() || !Character.isSurrogatePair(unit, text.charAt(i + 1))) {
					return NOT_ENCODABLE;
				}
				bytes += 4;
				i++;
			}
			else {
				bytes += (unit < 0x80) ? 1 : ((unit < 0x800) ? 2 : 3);
			}
		}
		return (int) Math.min(bytes, Integer.MAX_VALUE);
	}

}
