package dev.kvsession.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * Decides whether a session is used as it is held, and has sessions in use read again
 * before they are too old, so that requests do not wait for KV. Idle sessions are not
 * read. Safe for concurrent use.
 */
final class RefreshAhead {

	/**
	 * The part of its time to live after which a session in use is read again, drawn
	 * between these two so that sessions read together are not read again together.
	 */
	private static final double EARLIEST = 0.6;

	private static final double LATEST = 0.9;

	/**
	 * The part of the time to live after which a read that failed is tried again.
	 */
	private static final int RETRY_DIVISOR = 3;

	private final long lifeMillis;

	private final long earliestMillis;

	private final boolean enabled;

	private final StaleIfError stale;

	private final EffectiveAge ages = new EffectiveAge();

	private final InstantSource clock;

	private final DoubleSupplier jitter;

	private final SessionReads reads;

	RefreshAhead(NearCacheSettings settings, SessionReads reads, StaleIfError stale, EngineRuntime runtime) {
		this.lifeMillis = settings.freshness().toMillis();
		this.enabled = settings.enabled();
		this.earliestMillis = (long) (this.enabled ? this.lifeMillis * EARLIEST : this.lifeMillis);
		this.stale = stale;
		this.clock = runtime.clock();
		this.jitter = runtime.jitter();
		this.reads = reads;
	}

	/**
	 * Whether a session may be used as it is held. If it is about to be too old, it is
	 * read again in the background.
	 * @param live the session
	 * @return whether it may; if not, KV has to be asked first
	 */
	boolean isUsable(LiveSession live) {
		long now = this.clock.millis();
		Freshness freshness = live.freshness();
		long age = freshness.age(now);
		if (age >= 0 && age < this.earliestMillis && !freshness.isDoubted()) {
			freshness.used(now);
			return true;
		}
		return isUsableStill(live, age, now);
	}

	private boolean isUsableStill(LiveSession live, long age, long now) {
		Freshness freshness = live.freshness();
		boolean inUse = freshness.isUsedWithin(this.lifeMillis, now);
		freshness.used(now);
		boolean fresh = age >= 0 && age <= this.lifeMillis && !freshness.isDoubted();
		if (!fresh && !(this.enabled && inUse && isServedOlder(freshness, age, now))) {
			return false;
		}
		if (this.enabled && !freshness.isReloading() && !freshness.isReloadLater(now)
				&& freshness.claimReload(now, now - age + spread(this.lifeMillis))) {
			reload(live);
		}
		return true;
	}

	/*
	 * Beyond its time a session in use is served while its reload is on the way: that is
	 * what makes reloads gather into full calls. One that failed is served as an outage
	 * allows.
	 */
	private boolean isServedOlder(Freshness freshness, long age, long now) {
		boolean failed = freshness.isFailed();
		boolean served = failed ? this.stale.allows(age) : (age >= 0 && freshness.isReloading());
		if (served) {
			this.ages.served(age, now);
		}
		if (served && failed) {
			this.stale.served(now);
		}
		return served;
	}

	/**
	 * Whether a state that is served is older than its time because KV could not be
	 * asked.
	 * @param live what is known of a session
	 * @return whether it is
	 */
	boolean isStale(LiveSession live) {
		Freshness freshness = live.freshness();
		return freshness.isFailed()
				&& !freshness.isKnownWithin(Duration.ofMillis(this.lifeMillis), this.clock.millis());
	}

	private void reload(LiveSession live) {
		this.reads.reload(live).whenComplete((done, ex) -> {
			if (ex != null) {
				failed(live, Stages.unwrap(ex));
			}
		});
	}

	/**
	 * Whether a session may be served though the read for it has failed. If so, the next
	 * uses do not wait for KV but have it asked in the background.
	 * @param live the session, as it is held
	 * @param failure what the read failed with
	 * @return whether it may
	 */
	boolean isUsableAfter(LiveSession live, Throwable failure) {
		long now = this.clock.millis();
		long age = live.freshness().age(now);
		if (!StaleIfError.mayPass(failure) || !this.stale.allows(age)) {
			return false;
		}
		failed(live, failure);
		this.ages.served(age, now);
		this.stale.served(now);
		return true;
	}

	/*
	 * A read that fails for good is left to the next request, which has to meet the
	 * failure itself.
	 */
	private void failed(LiveSession live, Throwable failure) {
		if (StaleIfError.mayPass(failure)) {
			live.freshness().failed(this.clock.millis() + spread(this.lifeMillis / RETRY_DIVISOR));
		}
		else {
			live.freshness().doubt();
		}
	}

	private long spread(long millis) {
		return (long) (millis * (EARLIEST + (LATEST - EARLIEST) * this.jitter.getAsDouble()));
	}

	/**
	 * How old sessions in use have been lately when they were served: what another
	 * instance did is noticed that much later than KV shows it.
	 * @return the greatest age, at least the time to live
	 */
	Duration effectiveAge() {
		return Duration.ofMillis(Math.max(this.lifeMillis, this.ages.highest(this.clock.millis())));
	}

}
