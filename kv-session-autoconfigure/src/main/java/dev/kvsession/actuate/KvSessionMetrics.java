package dev.kvsession.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.kvsession.session.KvSessionRepository;

/**
 * Meters of a session repository, all below {@code kv.session}. Reads memory only. Safe
 * for concurrent use.
 */
public final class KvSessionMetrics implements MeterBinder {

	static final String PREFIX = "kv.session.";

	private final KvSessionRepository sessions;

	/**
	 * Creates a binder.
	 * @param sessions what is watched
	 */
	public KvSessionMetrics(KvSessionRepository sessions) {
		this.sessions = sessions;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		new KvSessionCounters(this.sessions.getStatistics()::count).bindTo(registry);
	}

}
