package dev.kvsession.actuate;

import java.util.Locale;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvEngineStatus.Circuit;
import dev.kvsession.client.KvEngineStatus.LastFailure;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.KvSessionRepository;

/**
 * Reports the engine's status from memory: a scrape never costs a call. Safe for
 * concurrent use.
 * <p>
 * The status is {@code UP}, or {@link #DEGRADED} while KV is down, refuses the token, the
 * account or the namespace, or the daily quota is used up. It is never {@code DOWN}
 * because of KV: all instances see the same KV, so a load balancer would take all of them
 * out at once, although known sessions still work.
 */
public final class KvHealthIndicator extends AbstractHealthIndicator {

	/**
	 * No calls are made to KV; known sessions still work. Not in Spring Boot's
	 * {@code management.endpoint.health.status.order}, so that the endpoint answers 200
	 * and the other contributors decide the application's status.
	 */
	public static final Status DEGRADED = new Status("DEGRADED",
			"KV is down, refuses the token, or the daily quota is used up");

	private final Supplier<KvEngineStatus> engine;

	private final @Nullable KvSessionRepository sessions;

	/**
	 * Creates an indicator.
	 * @param engine the engine to report
	 * @param sessions the repository whose pending changes are reported, or {@code null}
	 * for none
	 */
	public KvHealthIndicator(KvEngine engine, @Nullable KvSessionRepository sessions) {
		this(engine::status, sessions);
	}

	KvHealthIndicator(Supplier<KvEngineStatus> engine, @Nullable KvSessionRepository sessions) {
		super("The engine's status could not be read");
		this.engine = engine;
		this.sessions = sessions;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		KvEngineStatus status = this.engine.get();
		LastFailure failure = status.lastFailure();
		boolean asked = status.circuit() == Circuit.CLOSED && status.blockedFor() == null
				&& status.quotaUsedUp().isEmpty() && (failure == null || !failure.lasting());
		builder.status(asked ? Status.UP : DEGRADED)
			.withDetail("circuit", status.circuit().name().toLowerCase(Locale.ROOT))
			.withDetail("waitingReads", status.waitingReads())
			.withDetail("waitingWrites", status.waitingWrites());
		if (this.sessions != null) {
			builder.withDetail("pendingWrites", this.sessions.getPendingWrites());
		}
		if (!status.quotaUsedUp().isEmpty()) {
			builder.withDetail("quotaUsedUp", status.quotaUsedUp().stream().sorted().toList());
		}
		if (status.blockedFor() != null) {
			builder.withDetail("blockedFor", status.blockedFor().toString());
		}
		if (failure != null) {
			builder.withDetail("lastFailure", failure.message()).withDetail("lastFailureAt", failure.at().toString());
		}
		if (status.budgetLeft() >= 0) {
			builder.withDetail("budgetCalls", status.budgetCalls()).withDetail("budgetLeft", status.budgetLeft());
		}
	}

}
