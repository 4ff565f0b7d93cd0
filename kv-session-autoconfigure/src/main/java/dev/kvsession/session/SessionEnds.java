package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRateLimitException;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvCallClass;
import dev.kvsession.client.engine.KvEngine;

/**
 * Ends ids in KV: first the gone marker, which tells other instances not to write the
 * record again, then the record. What KV does not acknowledge is repeated in the
 * background until the record would have ended by itself. Safe for concurrent use.
 */
final class SessionEnds {

	private static final Logger logger = LoggerFactory.getLogger(SessionEnds.class);

	private static final Duration FIRST_DELAY = Duration.ofSeconds(2);

	private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

	private final KvEngine kv;

	private final WriteLanes lanes;

	private final KvScheduler scheduler;

	private final SessionKeys keys;

	private final InstantSource clock;

	private final KeyConflicts conflicts;

	SessionEnds(KvEngine kv, WriteLanes lanes, KvScheduler scheduler, SessionKeys keys, InstantSource clock) {
		this.kv = kv;
		this.lanes = lanes;
		this.scheduler = scheduler;
		this.keys = keys;
		this.clock = clock;
		this.conflicts = new KeyConflicts(scheduler);
	}

	/**
	 * Ends an id when its turn in its lane has come; nothing is read.
	 * @param id the id
	 * @param reason why
	 * @param expiresAt when the record would end by itself at the latest, or {@code null}
	 * if that is never or unknown
	 * @return completes when KV has acknowledged the delete; a failure is repeated in the
	 * background all the same
	 */
	CompletableFuture<Void> enqueue(String id, GoneMarker.Reason reason, @Nullable Instant expiresAt) {
		return this.lanes.enqueue(id, () -> now(id, reason, expiresAt));
	}

	/**
	 * Ends an id at once; the caller holds its lane.
	 * @param id the id
	 * @param reason why
	 * @param expiresAt as for {@link #enqueue}
	 * @return as for {@link #enqueue}
	 */
	CompletionStage<Void> now(String id, GoneMarker.Reason reason, @Nullable Instant expiresAt) {
		return persist(id, new GoneMarker(this.clock.millis(), reason), expiresAt);
	}

	/**
	 * Removes the record of an id that another instance has ended, as its gone marker
	 * tells, when its turn in its lane has come.
	 * @param id the id
	 * @param expiresAt as for {@link #enqueue}
	 */
	void remove(String id, @Nullable Instant expiresAt) {
		this.lanes.enqueue(id, () -> persist(id, null, expiresAt));
	}

	private CompletionStage<Void> persist(String id, @Nullable GoneMarker marker, @Nullable Instant expiresAt) {
		Instant longest = this.clock.instant().plus(GoneMarker.LONGEST);
		Instant until = (expiresAt == null || expiresAt.isAfter(longest)) ? longest : expiresAt;
		return attempt(id, marker, until).whenComplete((done, ex) -> {
			if (ex != null) {
				logger.warn("Session {} has ended here, but KV could not be told; trying again until {}: {}",
						SessionIdHash.of(id), until, Stages.unwrap(ex).getMessage());
				repeat(id, marker, until, waitAfter(FIRST_DELAY, Stages.unwrap(ex)));
			}
		});
	}

	/*
	 * A marker that cannot be written must not keep the record alive, so the delete
	 * follows in any case but one: while Cloudflare blocks the token, each call would be
	 * refused and counted.
	 */
	private CompletionStage<Void> attempt(String id, @Nullable GoneMarker marker, Instant until) {
		if (marker == null) {
			return delete(id, null);
		}
		Duration life = Lifetimes.withinKvLimits(Duration.between(this.clock.instant(), until));
		CompletionStage<@Nullable Throwable> marked = this.kv
			.put(new KvPair(this.keys.gone(id), marker.toJson(), life), KvCallClass.LOGIN)
			.handle((done, ex) -> ex);
		return marked.thenCompose((ex) -> delete(id, Stages.unwrapNullable(ex)));
	}

	private CompletionStage<Void> delete(String id, @Nullable Throwable markFailure) {
		if (markFailure instanceof KvRateLimitException blocked) {
			return CompletableFuture.failedFuture(blocked);
		}
		return this.conflicts.resolve(() -> this.kv.delete(this.keys.record(id), KvCallClass.LOGIN))
			.thenAccept((done) -> {
				if (markFailure instanceof KvException failure) {
					throw failure;
				}
			});
	}

	private void repeat(String id, @Nullable GoneMarker marker, Instant until, Duration delay) {
		this.scheduler.schedule(() -> {
			if (this.clock.instant().isAfter(until)) {
				return;
			}
			this.lanes.enqueue(id, () -> attempt(id, marker, until)).whenComplete((done, ex) -> {
				if (ex != null) {
					repeat(id, marker, until, waitAfter(bounded(delay.multipliedBy(2)), Stages.unwrap(ex)));
				}
				else {
					logger.info("KV has now been told that session {} has ended", SessionIdHash.of(id));
				}
			});
		}, delay);
	}

	/*
	 * Not before KV takes calls again, if it has said when.
	 */
	private static Duration waitAfter(Duration delay, Throwable failure) {
		boolean blocked = failure instanceof KvRateLimitException;
		Duration told = blocked ? ((KvRateLimitException) failure).retryAfter() : delay;
		return (told.compareTo(delay) > 0) ? told : delay;
	}

	private static Duration bounded(Duration delay) {
		return (delay.compareTo(LONGEST_DELAY) < 0) ? delay : LONGEST_DELAY;
	}

}
