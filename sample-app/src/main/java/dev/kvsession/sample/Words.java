package dev.kvsession.sample;

import java.time.Duration;

/**
 * Says durations in words.
 */
final class Words {

	private Words() {
	}

	/**
	 * Rounds a duration down to its largest unit.
	 * @param duration the duration, not negative
	 * @return for example {@code 7 days} or {@code 1 minute}
	 */
	static String of(Duration duration) {
		if (duration.toDays() > 0) {
			return count(duration.toDays(), "day");
		}
		if (duration.toHours() > 0) {
			return count(duration.toHours(), "hour");
		}
		return (duration.toMinutes() > 0) ? count(duration.toMinutes(), "minute")
				: count(duration.toSeconds(), "second");
	}

	/**
	 * Says how long ago something was.
	 * @param duration the time since then; negative if clocks differ
	 * @return for example {@code 2 minutes ago}, or {@code now} within a second
	 */
	static String ago(Duration duration) {
		return (duration.toSeconds() > 0) ? of(duration) + " ago" : "now";
	}

	private static String count(long number, String unit) {
		return number + " " + unit + ((number == 1) ? "" : "s");
	}

}
