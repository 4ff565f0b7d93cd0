package dev.kvsession.autoconfigure.bean;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvConnection;

/**
 * Decides how many calls this instance may make. What is set always wins; otherwise only
 * Cloudflare's own API has a bound.
 */
public final class KvBudgetFactory {

	private static final String CALLS = KvPropertyNames.PREFIX + ".budget.calls";

	private static final String PERIOD = KvPropertyNames.PREFIX + ".budget.period";

	private static final int MOST_CALLS = 1_000_000;

	private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);

	private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

	private KvBudgetFactory() {
	}

	/**
	 * Makes a budget.
	 * @param properties what is set
	 * @param connection where calls go, or {@code null} if only a client knows
	 * @return the budget
	 * @throws InvalidConfigurationPropertyValueException if a property is out of bounds
	 */
	public static KvBudget create(KvProperties.Budget properties, @Nullable KvConnection connection) {
		Integer calls = properties.getCalls();
		if (calls != null && (calls < 0 || calls > MOST_CALLS)) {
			throw new InvalidConfigurationPropertyValueException(CALLS, calls,
					"It must be 0, for no bound, or up to " + MOST_CALLS + ".");
		}
		Duration period = properties.getPeriod();
		if (period.compareTo(SHORTEST_PERIOD) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
			throw new InvalidConfigurationPropertyValueException(PERIOD, period, "It must be from 1s to 1d.");
		}
		return new KvBudget((calls != null) ? calls : defaultCalls(connection), period);
	}

	private static int defaultCalls(@Nullable KvConnection connection) {
		boolean cloudflare = connection != null
				&& KvConnection.DEFAULT_BASE_URL.getHost().equalsIgnoreCase(connection.baseUrl().getHost());
		return cloudflare ? KvBudget.CLOUDFLARE.calls() : KvBudget.UNLIMITED.calls();
	}

}
