package dev.kvsession.session.read;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvException;
import dev.kvsession.session.record.TransientFailure;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;

/**
 * Decides whether a session is served older than its time because KV cannot be asked, and
 * warns once per outage. Safe for concurrent use.
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
	 * Whether stale-if-error covers a read's failure: nothing has to be corrected (a
	 * wrong token must be noticed). Unlike {@link TransientFailure#is} it covers an
	 * intermediary's page: a read does no harm.
	 */
	static boolean covers(Throwable failure) {
		return failure instanceof KvException ofKv && !ofKv.needsCorrection()
				&& !(failure instanceof UnseenSessionException);
	}

	/**
	 * Whether a state is young enough. A negative age (the clock was set back) must not
	 * make a known state useless in an outage.
	 */
	boolean allows(long ageMillis) {
		// mutant: stale-if-error
		return Math.abs(ageMillis) < this.boundMillis;
	}

	/** Notes that a state is served on these grounds. */
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

	/** Notes that KV has answered. */
	public void answered() {
		if (this.outage) {
			this.outage = false;
		}
	}

}
