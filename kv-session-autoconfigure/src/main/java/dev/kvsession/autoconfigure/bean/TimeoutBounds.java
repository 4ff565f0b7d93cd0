package dev.kvsession.autoconfigure.bean;

import java.time.Duration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.http.TransportLimits;

/**
 * Bounds of the time-outs of KV calls.
 */
public final class TimeoutBounds {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	/**
	 * Longer than any user waits for a page, and enough for the largest bulk write on a
	 * slow line.
	 */
	private static final Duration LONGEST = Duration.ofMinutes(5);

	private TimeoutBounds() {
	}

	public static Duration check(String name, Duration timeout) {
		if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
			throw new InvalidConfigurationPropertyValueException(KvPropertyNames.PREFIX + "." + name, timeout,
					"It must be from 1ms to 5m.");
		}
		return timeout;
	}

	/**
	 * The transport's own bounds, with a deadline that leaves a call its configured time.
	 * @param connect the longest wait for a connection
	 * @param read the longest wait for an answer
	 * @return the limits
	 */
	public static TransportLimits limits(Duration connect, Duration read) {
		TransportLimits limits = TransportLimits.DEFAULT;
		Duration wanted = connect.plus(read);
		Duration deadline = (wanted.compareTo(limits.deadline()) > 0) ? wanted : limits.deadline();
		return limits.withDeadline(deadline);
	}

}
