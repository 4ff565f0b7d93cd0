package dev.kvsession.autoconfigure.bean;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.http.TransportLimits;

/** Checks how many calls this instance may make and how long each may take. */
public final class CallBounds {

	private static final int MOST_CALLS = 1_000_000;

	private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);

	private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

	private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

	/**
	 * Longer than a user waits for a page, and enough for the largest bulk write on a
	 * slow line.
	 */
	private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

	private CallBounds() {
	}

	/**
	 * Makes the budget. Without a property only Cloudflare's own API has a limit.
	 * @param properties the properties
	 * @param connection {@code null} for a client of the application's own
	 * @return the budget
	 */
	public static KvBudget budget(KvProperties.Budget properties, @Nullable KvConnection connection) {
		Integer calls = properties.getCalls();
		if (calls != null && (calls < 0 || calls > MOST_CALLS)) {
			throw new InvalidConfigurationPropertyValueException(KvPropertyNames.PREFIX + ".budget.calls", calls,
					"It must be 0, for no limit, or up to " + MOST_CALLS + ".");
		}
		Duration period = properties.getPeriod();
		if (period.compareTo(SHORTEST_PERIOD) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
			throw new InvalidConfigurationPropertyValueException(KvPropertyNames.PREFIX + ".budget.period", period,
					"It must be from 1s to 1d.");
		}
		boolean cloudflare = connection != null
				&& KvConnection.DEFAULT_BASE_URL.getHost().equalsIgnoreCase(connection.baseUrl().getHost());
		KvBudget otherwise = cloudflare ? KvBudget.CLOUDFLARE : KvBudget.UNLIMITED;
		return new KvBudget((calls != null) ? calls : otherwise.calls(), period);
	}

	public static Duration connectTimeout(KvProperties properties) {
		return timeout("connect-timeout", properties.getConnectTimeout());
	}

	public static Duration readTimeout(KvProperties properties) {
		return timeout("read-timeout", properties.getReadTimeout());
	}

	private static Duration timeout(String name, Duration timeout) {
		if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
			throw new InvalidConfigurationPropertyValueException(KvPropertyNames.PREFIX + "." + name, timeout,
					"It must be from 1ms to 5m.");
		}
		return timeout;
	}

	/** Returns limits whose deadline leaves a call its configured time. */
	public static TransportLimits limits(Duration connect, Duration read) {
		TransportLimits limits = TransportLimits.DEFAULT;
		Duration wanted = connect.plus(read);
		return (wanted.compareTo(limits.deadline()) > 0) ? limits.withDeadline(wanted) : limits;
	}

}
