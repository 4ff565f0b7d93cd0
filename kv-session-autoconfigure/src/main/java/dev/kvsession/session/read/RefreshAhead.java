package dev.kvsession.session.read;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleSupplier;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.support.Stages;
import dev.kvsession.session.memory.Freshness;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.NearCacheSettings;

/**
 * Decides whether a known session is served, and reads sessions in use again before they
 * are too old, so that requests do not wait for KV. Idle sessions are not read. Safe for
 * concurrent use.
 * <p>
 * How a state is used, by its age; a doubted one counts as older: <pre>
 * &lt; 0.6 of its time to live      used, nothing is started
 * up to its time to live         used; REFRESH is started when due
 * older, in use, and its reload  used; if the reload failed, within stale-if-error
 *   was begun in time
 * older, and confirmed within    used for safe requests, REVALIDATE is started;
 *   max-staleness                  others ask KV, within the soft timeout
 * else                           KV is asked
 * </pre>
 */
public final class RefreshAhead {

	/**
	 * The part of its time to live after which a session in use is read again: a random
	 * value between these two, so that sessions read together are not read again
	 * together.
	 */
	private static final double EARLIEST = 0.6;

	private static final double LATEST = 0.9;

	/** The part of the time to live after which a read that failed is tried again. */
	private static final int RETRY_DIVISOR = 3;

	private final long lifeMillis;

	private final long earliestMillis;

	private final long maxStalenessMillis;

	private final Duration softTimeout;

	private final boolean enabled;

	private final StaleIfError stale;

	private final EffectiveAge ages = new EffectiveAge();

	private final InstantSource clock;

	private final DoubleSupplier jitter;

	private final KvScheduler scheduler;

	private final KvSessionStatistics statistics;

	private final SessionReads reads;

	public RefreshAhead(SessionContext context, SessionReads reads, StaleIfError stale) {
		NearCacheSettings settings = context.settings().nearCache;
		this.statistics = context.settings().statistics;
		this.scheduler = context.runtime().scheduler();
		this.lifeMillis = settings.freshness().toMillis();
		this.enabled = settings.enabled();
		this.earliestMillis = (long) (this.enabled ? this.lifeMillis * EARLIEST : this.lifeMillis);
		this.maxStalenessMillis = settings.maxStaleness().toMillis();
		this.softTimeout = settings.softTimeout();
		this.stale = stale;
		this.clock = context.clock();
		this.jitter = context.runtime().jitter();
		this.reads = reads;
	}

	/**
	 * Serves a known session if possible, and starts a reload when it is due. If false,
	 * KV has to be asked. {@code safe}: an older state will do, as for a safe request.
	 */
	public boolean tryUse(LiveSession live, boolean safe) {
		long now = this.clock.millis();
		Freshness freshness = live.freshness();
		long age = freshness.age(now);
		if (age >= 0 && age < this.earliestMillis && !freshness.isDoubted()) {
			freshness.used(now);
			this.statistics.add(KvSessionEvent.NEAR_CACHE_HIT);
			return true;
		}
		return tryUseStill(live, safe, now);
	}

	private boolean tryUseStill(LiveSession live, boolean safe, long now) {
		Freshness freshness = live.freshness();
		long age = freshness.age(now);
		boolean inUse = freshness.isUsedWithin(this.lifeMillis, now);
		freshness.used(now);
		boolean fresh = age >= 0 && age <= this.lifeMillis && !freshness.isDoubted();
		boolean older = !fresh && this.enabled && inUse && serveOlder(freshness, age, now);
		boolean late = !fresh && !older && safe && isKnown(freshness, now);
		if (!fresh && !older && !late) {
			return false;
		}
		if (late) {
			servedLate(freshness, KvSessionEvent.STALE_WHILE_REVALIDATE, now);
		}
		else if (fresh || !freshness.isFailed()) {
			// One that failed was counted as STALE_SERVED.
			this.statistics.add(KvSessionEvent.NEAR_CACHE_HIT);
		}
		if (this.enabled && !freshness.isReloading() && !freshness.isReloadLater(now)
				&& freshness.claimReload(now, now - age + spread(this.lifeMillis), now - age + this.lifeMillis)) {
			reload(live, late ? KvCallClass.REVALIDATE : KvCallClass.REFRESH);
		}
		return true;
	}

	private boolean isKnown(Freshness freshness, long now) {
		// mutant: known-for-ever
		return this.enabled && freshness.isConfirmedWithin(this.maxStalenessMillis, now);
	}

	private void servedLate(Freshness freshness, KvSessionEvent event, long now) {
		freshness.servedLate();
		this.ages.served(freshness.age(now), now);
		this.statistics.add(event);
	}

	/**
	 * Answers with the read, or with the known session if KV has not answered in time and
	 * the session is within max-staleness.
	 */
	public CompletableFuture<Optional<LiveSession>> withinSoftTimeout(LiveSession live,
			CompletableFuture<Optional<LiveSession>> read) {
		if (read.isDone()) {
			return read;
		}
		CompletableFuture<Optional<LiveSession>> answer = new CompletableFuture<>();
		read.whenComplete((found, ex) -> Stages.complete(answer, found, ex));
		try {
			Future<?> timeout = this.scheduler.schedule(() -> timedOut(live, answer), this.softTimeout);
			answer.whenComplete((found, ex) -> timeout.cancel(false));
		}
		catch (RejectedExecutionException ex) {
			// The scheduler is closed; the read ends with the client.
		}
		return answer;
	}

	private void timedOut(LiveSession live, CompletableFuture<Optional<LiveSession>> answer) {
		long now = this.clock.millis();
		if (isKnown(live.freshness(), now) && answer.complete(Optional.of(live))) {
			servedLate(live.freshness(), KvSessionEvent.SOFT_TIMEOUT, now);
		}
	}

	/*
	 * A session in use is served beyond its time while its reload is on the way, so that
	 * reloads gather into full calls. If the reload failed, stale-if-error bounds it.
	 */
	private boolean serveOlder(Freshness freshness, long age, long now) {
		boolean failed = freshness.isFailed();
		boolean served = failed ? this.stale.allows(age) : (age >= 0 && freshness.isReloadedInTime());
		if (served) {
			this.ages.served(age, now);
		}
		if (served && failed) {
			this.stale.served(now);
		}
		return served;
	}

	private void reload(LiveSession live, KvCallClass callClass) {
		this.reads.reload(live, callClass).whenComplete((done, ex) -> {
			if (ex != null) {
				failed(live, Stages.unwrap(ex));
			}
		});
	}

	/**
	 * Serves a known session though the read for it has failed, if possible. Later
	 * requests then do not wait for KV; it is asked in the background.
	 */
	public boolean tryUseAfter(LiveSession live, Throwable failure) {
		long now = this.clock.millis();
		long age = live.freshness().age(now);
		if (!StaleIfError.covers(failure) || !this.stale.allows(age)) {
			return false;
		}
		failed(live, failure);
		this.ages.served(age, now);
		this.stale.served(now);
		return true;
	}

	/* A permanent failure is left to the next request, which has to meet it itself. */
	private void failed(LiveSession live, Throwable failure) {
		if (StaleIfError.covers(failure)) {
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
	 * The effective age, at least the time to live: so much later than KV shows it, a
	 * change made elsewhere is noticed.
	 */
	public Duration effectiveAge() {
		return Duration.ofMillis(Math.max(this.lifeMillis, this.ages.highest(this.clock.millis())));
	}

	/** The greatest age at which sessions were served in this minute and the last. */
	private static final class EffectiveAge {

		private static final long WINDOW_MILLIS = 60_000;

		private volatile long window;

		private volatile long highest;

		private volatile long before;

		/** Notes that a session was served beyond its time to live. */
		void served(long ageMillis, long nowMillis) {
			if (nowMillis / WINDOW_MILLIS != this.window || ageMillis > this.highest) {
				note(ageMillis, nowMillis);
			}
		}

		private synchronized void note(long ageMillis, long nowMillis) {
			roll(nowMillis);
			this.highest = Math.max(this.highest, ageMillis);
		}

		/**
		 * The greatest age in milliseconds; 0 if no session was served beyond its time to
		 * live.
		 */
		synchronized long highest(long nowMillis) {
			roll(nowMillis);
			return Math.max(this.highest, this.before);
		}

		private void roll(long nowMillis) {
			long current = nowMillis / WINDOW_MILLIS;
			if (current != this.window) {
				this.before = (current == this.window + 1) ? this.highest : 0;
				this.highest = 0;
				this.window = current;
			}
		}

	}

}
