package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvLimits;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.read.SessionReads;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.SessionWarnings;

/**
 * Notices expired sessions in memory that no request looks up, so that an application
 * that counts a user's sessions learns of each end. Each is read once more, with others
 * in one call, since another instance may have used it. Does nothing while no session in
 * memory has an end. Safe for concurrent use.
 */
final class ExpirySweep {

	private static final Logger logger = LoggerFactory.getLogger(ExpirySweep.class);

	/** Shortest time between two sweeps, in which expired sessions gather. */
	private static final Duration GATHER = Duration.ofMinutes(1);

	/**
	 * A session is not read until so long after its end, since another instance may write
	 * its last use that late.
	 */
	private static final Duration LATE = Duration.ofSeconds(10);

	private static final long NONE = Long.MAX_VALUE;

	private final AtomicLong nextMillis = new AtomicLong(NONE);

	private final KvEngine kv;

	private final SessionMemory memory;

	private final SessionReads reads;

	private final Lifetimes lifetimes;

	private final SessionKeys keys;

	private final KvScheduler scheduler;

	private final InstantSource clock;

	private final SessionWarnings warnings;

	private final Consumer<LiveSession> expired;

	private final Consumer<LiveSession> learntEnds;

	// "expired" gets each session of which KV shows no later end either, "learntEnds"
	// each one in memory that turns out to have ended otherwise.
	ExpirySweep(KvEngine kv, SessionMemory memory, SessionReads reads, SessionContext context,
			Consumer<LiveSession> expired, Consumer<LiveSession> learntEnds) {
		this.kv = kv;
		this.memory = memory;
		this.reads = reads;
		this.lifetimes = context.lifetimes();
		this.keys = context.settings().keys;
		this.scheduler = context.runtime().scheduler();
		this.clock = context.clock();
		this.warnings = context.warnings();
		this.expired = expired;
		this.learntEnds = learntEnds;
	}

	void start() {
		this.memory.watchWith(this::watch, (live) -> tell(live, () -> live, this.learntEnds));
	}

	private void watch(LiveSession live) {
		Instant end = live.expiresAt(this.lifetimes);
		if (end != null) {
			plan(end.plus(LATE).toEpochMilli());
		}
	}

	private void plan(long atMillis) {
		long planned = this.nextMillis.get();
		while (atMillis < planned) {
			if (this.nextMillis.compareAndSet(planned, atMillis)) {
				schedule(atMillis);
				return;
			}
			planned = this.nextMillis.get();
		}
	}

	private void schedule(long atMillis) {
		long wait = Math.max(0, atMillis - this.clock.millis());
		try {
			this.scheduler.schedule(() -> sweep(atMillis), Duration.ofMillis(wait));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The scheduler is closed; sessions that expire are noticed no more");
		}
	}

	private void sweep(long atMillis) {
		// One that was planned before an earlier one has been overtaken.
		if (!this.nextMillis.compareAndSet(atMillis, NONE)) {
			return;
		}
		long now = this.clock.millis();
		List<LiveSession> due = new ArrayList<>();
		long next = NONE;
		for (LiveSession live : this.memory.sessions().all()) {
			Instant end = live.expiresAt(this.lifetimes);
			if (end != null && end.plus(LATE).toEpochMilli() <= now) {
				due.add(live);
			}
			else if (end != null) {
				next = Math.min(next, end.plus(LATE).toEpochMilli());
			}
		}
		for (int from = 0; from < due.size(); from += KvLimits.MAX_BULK_GET_KEYS) {
			ask(due.subList(from, Math.min(due.size(), from + KvLimits.MAX_BULK_GET_KEYS)));
		}
		if (next != NONE || !due.isEmpty()) {
			plan(Math.max(due.isEmpty() ? next : 0, now + GATHER.toMillis()));
		}
	}

	private void ask(List<LiveSession> due) {
		List<String> wanted = due.stream().map((live) -> this.keys.record(live.id())).toList();
		Stages.start(() -> this.kv.getAll(wanted, KvCallClass.REFRESH)).whenComplete((found, ex) -> {
			if (found != null) {
				due.forEach((live) -> settle(live, found));
			}
			else {
				logger.debug("Sessions that seem to have expired are looked at later: KV cannot be asked");
			}
		});
	}

	private void settle(LiveSession live, Map<String, String> found) {
		String text = found.get(this.keys.record(live.id()));
		tell(live, () -> (text != null) ? this.reads.accept(live.id(), Optional.of(text)).orElse(null) : live,
				this.expired);
	}

	private void tell(LiveSession live, Supplier<@Nullable LiveSession> newest, Consumer<LiveSession> listener) {
		try {
			LiveSession ended = newest.get();
			if (ended != null) {
				listener.accept(ended);
			}
		}
		catch (RuntimeException ex) {
			this.warnings.warn(logger, "ends of sessions that were not told to everybody", ex,
					"The end of session " + SessionIdHash.of(live.id()) + " was not told to everybody");
		}
	}

}
