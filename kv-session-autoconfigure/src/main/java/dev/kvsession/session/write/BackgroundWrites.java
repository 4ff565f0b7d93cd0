package dev.kvsession.session.write;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionWarnings;

/** Writes that no request waits for: touches and repairs. Safe for concurrent use. */
public final class BackgroundWrites {

	private static final Logger logger = LoggerFactory.getLogger(BackgroundWrites.class);

	/** For how long a touch in flight keeps further ones from starting. */
	private static final Duration TOUCH_RETRY = Duration.ofMinutes(1);

	private final KvEngine kv;

	private final PendingWrites pending;

	private final SessionMemory memory;

	private final SessionContext context;

	private final InstantSource clock;

	private final AtomicLong warnedAtMillis = new AtomicLong();

	public BackgroundWrites(KvEngine kv, PendingWrites pending, SessionMemory memory, SessionContext context) {
		this.kv = kv;
		this.pending = pending;
		this.memory = memory;
		this.context = context;
		this.clock = context.clock();
	}

	/**
	 * Notes that a session was used; starts a touch if one is due, and returns whether it
	 * did.
	 */
	public boolean touch(LiveSession live, long accessedMillis) {
		live.accessed(accessedMillis);
		if (!live.isTouchDue(this.clock.millis()) || this.memory.isEnded(live.id()) || !this.kv.isAvailable()) {
			return false;
		}
		live.touchDueAt(this.clock.millis() + TOUCH_RETRY.toMillis());
		CompletableFuture<?> written = this.pending.submit(new PendingSession(live),
				SessionChange.touch(Instant.ofEpochMilli(accessedMillis)), KvCallClass.TOUCH);
		written.whenComplete((done, ex) -> {
			if (ex != null) {
				failed(live, Stages.unwrap(ex));
			}
		});
		return true;
	}

	/* What keeps one session's touch from being written keeps all of them. */
	private void failed(LiveSession live, Throwable ex) {
		long now = this.clock.millis();
		boolean warn = Math.abs(now - this.warnedAtMillis.get()) >= TOUCH_RETRY.toMillis();
		logger.atLevel(warn ? Level.WARN : Level.DEBUG)
			.log("The last access of session {} could not be written and will be later: {}",
					SessionIdHash.of(live.id()), SessionWarnings.reason(ex));
		if (warn) {
			this.warnedAtMillis.set(now);
		}
	}

	/**
	 * Writes again what another instance has overwritten. The near cache has merged it
	 * already, so a touch writes all of it.
	 */
	public void mend(LiveSession live) {
		Instant accessed = Instant.ofEpochMilli(live.lastAccessedMillis());
		CompletableFuture<?> mended = this.pending.submit(new PendingSession(live), SessionChange.touch(accessed),
				KvCallClass.WRITE);
		mended.whenComplete((done, ex) -> {
			if (ex != null) {
				this.context.warnings()
					.warn(logger, "sessions whose changes could not be mended", ex,
							"Changes of session " + SessionIdHash.of(live.id())
									+ " that another instance has overwritten could not be mended and will be later");
			}
		});
	}

}
