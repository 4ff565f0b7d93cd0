package dev.kvsession.session.record;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The value of a {@code session-gone:} or {@code session-renamed:} key: that, when and
 * why an id ended. Other instances find it before they write. Immutable.
 *
 * @param atMillis when the id ended, epoch milliseconds
 * @param reason why
 */
public record GoneMarker(long atMillis, Reason reason) {

	/**
	 * How long a marker lives at most: far longer than any update can be on its way.
	 */
	public static final Duration LONGEST = Duration.ofDays(1);

	/**
	 * How long a marker lives at least, also of a session that would have ended sooner:
	 * another instance may have revived it, and finds the marker by its looks, the last
	 * of which comes some five minutes after its write.
	 */
	public static final Duration SHORTEST = Duration.ofMinutes(10);

	private static final Pattern RENAMED = Pattern.compile("\"reason\"\\s*:\\s*\"renamed\"");

	public String toJson() {
		return "{\"schema\":1,\"at\":" + this.atMillis + ",\"reason\":\"" + this.reason.name().toLowerCase(Locale.ROOT)
				+ "\"}";
	}

	/**
	 * Whether a session was deleted, as the value of its {@code session-gone:} key tells.
	 * Earlier versions told there of changed ids, too.
	 * @param text the value, or {@code null} if there is none
	 * @return whether it was; also if the value says something else than a marker does
	 */
	public static boolean tellsOfDelete(@Nullable String text) {
		return text != null && !RENAMED.matcher(text).find();
	}

	/**
	 * Why an id ended.
	 */
	public enum Reason {

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
