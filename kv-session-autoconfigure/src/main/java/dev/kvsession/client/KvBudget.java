package dev.kvsession.client;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * This instance's share of the calls that Cloudflare grants to the API token. Immutable.
 * <p>
 * Of two calls or more, at least one is reserved for calls outside the engine, such as
 * the account lookup; of three or more, at least another for logins and logouts. A budget
 * of a single call reserves none, so the account lookup exceeds it once.
 *
 * @param calls the greatest number of calls in any period; 0 for no bound
 * @param period the period, positive
 */
public record KvBudget(int calls, Duration period) {

	/**
	 * What the REST API grants to one token, shared by all that use it: 1,200 calls in
	 * five minutes, after which everything is refused for five minutes. Source:
	 * developers.cloudflare.com/fundamentals/api/reference/limits (read 2026-11).
	 */
	public static final KvBudget CLOUDFLARE = new KvBudget(1200, Duration.ofMinutes(5));

	/** No bound: a gateway Worker or an emulator. */
	public static final KvBudget UNLIMITED = new KvBudget(0, Duration.ofMinutes(5));

	/**
	 * Creates a budget.
	 * @throws IllegalArgumentException if the number of calls is negative or the period
	 * is not positive
	 */
	public KvBudget {
		Assert.isTrue(calls >= 0, "'calls' must not be negative");
		Assert.isTrue(period.compareTo(Duration.ZERO) > 0, "'period' must be positive");
	}

	/**
	 * Whether there is no bound.
	 * @return whether there is none
	 */
	public boolean isUnlimited() {
		return this.calls == 0;
	}

}
