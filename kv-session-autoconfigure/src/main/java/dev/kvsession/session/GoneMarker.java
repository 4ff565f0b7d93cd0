package dev.kvsession.session;

import java.time.Duration;
import java.util.Locale;

/**
 * The value of a {@code session-gone:} key: that, when and why an id ended. Other
 * instances find it before they write. Immutable.
 *
 * @param atMillis when the id ended, epoch milliseconds
 * @param reason why
 */
record GoneMarker(long atMillis, Reason reason) {

	/**
	 * How long a marker lives at most: far longer than any update can be on its way.
	 */
	static final Duration LONGEST = Duration.ofDays(1);

	/**
	 * How long a marker lives at least, also of a session that would have ended sooner:
	 * another instance may have revived it, and finds the marker by its looks, the last
	 * of which comes some five minutes after its write.
	 */
	static final Duration SHORTEST = Duration.ofMinutes(10);

	String toJson() {
		return "{\"schema\":1,\"at\":" + this.atMillis + ",\"reason\":\"" + this.reason.name().toLowerCase(Locale.ROOT)
				+ "\"}";
	}

	/**
	 * Why an id ended.
	 */
	enum Reason {

		/**
		 * Logout or another explicit delete.
		 */
		DELETED,

		/**
		 * The session goes on under another id.
		 */
		RENAMED

	}

}
