package dev.kvsession.session.record;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The value of a {@code session-gone:} or {@code session-renamed:} key: when (epoch
 * milliseconds) and why an id ended. Other instances find it before they write.
 * Immutable.
 */
public record GoneMarker(long atMillis, Reason reason) {

	/** How long a marker lives at most: far longer than an update can be on its way. */
	public static final Duration LONGEST = Duration.ofDays(1);

	/**
	 * How long a marker lives at least, even after the record has expired: another
	 * instance may have revived the session, and its last look comes some five minutes
	 * after its write.
	 */
	public static final Duration SHORTEST = Duration.ofMinutes(10);

	private static final Pattern RENAMED = Pattern.compile("\"reason\"\\s*:\\s*\"renamed\"");

	public String toJson() {
		return "{\"schema\":1,\"at\":" + this.atMillis + ",\"reason\":\"" + this.reason.name().toLowerCase(Locale.ROOT)
				+ "\"}";
	}

	/**
	 * Whether the value of a {@code session-gone:} key tells of a delete, or is
	 * unreadable. Earlier versions put changes of id there, too.
	 */
	public static boolean tellsOfDelete(@Nullable String text) {
		return text != null && !RENAMED.matcher(text).find();
	}

	public enum Reason {

		/** Logout or another explicit delete. */
		DELETED,

		/** The session goes on under another id. */
		RENAMED

	}

}
