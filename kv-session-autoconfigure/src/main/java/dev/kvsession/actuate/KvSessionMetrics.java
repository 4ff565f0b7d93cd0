package dev.kvsession.actuate;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
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
	 * @param sessions the repository to watch
	 */
	public KvSessionMetrics(KvSessionRepository sessions) {
		this.sessions = sessions;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		new KvSessionCounters(this.sessions.getStatistics()::count).bindTo(registry);
		Gauge.builder(PREFIX + "writes.pending", this.sessions, KvSessionRepository::getPendingWrites)
			.description("Sessions with changes that are not in KV yet")
			.register(registry);
		Gauge.builder(PREFIX + "writes.pending.bytes", this.sessions, KvSessionRepository::getPendingBytes)
			.description("Memory of the sessions with pending changes")
			.baseUnit("bytes")
			.register(registry);
		TimeGauge
			.builder(PREFIX + "writes.pending.age", this.sessions, TimeUnit.MILLISECONDS,
					(watched) -> watched.getOldestPendingChange().toMillis())
			.description("Age of the oldest pending change")
			.register(registry);
		TimeGauge
			.builder(PREFIX + "near.cache.effective.age", this.sessions, TimeUnit.MILLISECONDS,
					(watched) -> watched.getEffectiveAge().toMillis())
			.description("Greatest age at which sessions in use are served from memory")
			.register(registry);
	}

}
