package dev.kvsession.session.read;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvException;
import dev.kvsession.session.record.PassingFailure;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;

/**
 * Decides whether a session is served older than its time because KV cannot be asked, and
 * says so once per outage. Safe for concurrent use.
 */
public final class StaleIfError {

	private static final Logger logger = LoggerFactory.getLogger(StaleIfError.class);

	/**
	 * The shortest time between two warnings: KV that fails now and then is one outage.
	 */
	private static final long QUIET_MILLIS = Duration.ofMinutes(1).toMillis();

	private final long boundMillis;

	private final KvSessionStatistics statistics;

	private volatile boolean outage;

	private long quietUntilMillis = Long.MIN_VALUE;

	public StaleIfError(Duration bound, KvSessionStatistics statistics) {
		this.boundMillis = bound.toMillis();
		this.statistics = statistics;
	}

	/**
	 * Whether a failure of a read is covered: nothing has to be corrected. A wrong token
	 * or namespace must be seen. Unlike {@link PassingFailure#is} it covers a proxy's
	 * page: a read does no harm.
	 * @param failure what the read failed with
	 * @return whether it is
	 */
	static boolean covers(Throwable failure) {
		return failure instanceof KvException ofKv && !ofKv.needsCorrection()
				&& !(failure instanceof UnseenSessionException);
	}

	/**
	 * Whether a state may be served though KV could not be asked for a newer one.
	 * @param ageMillis its age; negative after the clock was set back, which must not
	 * take away in an outage what was known before it
	 * @return whether it is known and young enough
	 */
	boolean allows(long ageMillis) {
		// mutant: stale-if-error
		return Math.abs(ageMillis) < this.boundMillis;
	}

	/**
	 * Called when a state is served on these grounds.
	 * @param nowMillis the time
	 */
	void served(long nowMillis) {
		this.statistics.add(KvSessionEvent.STALE_SERVED);
		if (!this.outage) {
			begin(nowMillis);
		}
	}

	private synchronized void begin(long nowMillis) {
		boolean first = !this.outage && nowMillis >= this.quietUntilMillis;
		this.outage = true;
		if (first) {
			this.quietUntilMillis = nowMillis + QUIET_MILLIS;
			logger.warn("Cloudflare KV cannot be asked; sessions seen lately are served from memory for up to {}",
					Duration.ofMillis(this.boundMillis));
		}
	}

	/**
	 * Called when KV has answered.
	 */
	public void answered() {
		if (this.outage) {
			this.outage = false;
		}
	}

}
