package dev.kvsession.session;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FlushMode;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvRequestRefusedException;
import dev.kvsession.client.engine.KvEngine;

/**
 * The repository's four operations: asks the engine, waits for it, and publishes events.
 * Safe for concurrent use.
 */
final class SessionOperations {

	private static final Logger logger = LoggerFactory.getLogger(SessionOperations.class);

	private final Object source;

	private final SessionEngine engine;

	private final StageWaiter waiter;

	private final Predicate<String> idShape;

	private final ReadFailurePolicy onReadFailure;

	private final FlushMode flushMode;

	private final ApplicationEventPublisher events;

	SessionOperations(Object source, KvEngine kv, EngineOptions options, EngineRuntime runtime) {
		this.source = source;
		this.engine = new SessionEngine(kv, options, runtime, this::save);
		this.waiter = runtime.waiter();
		this.idShape = SessionIdShape.of(options.idGenerator);
		this.onReadFailure = options.onReadFailure;
		this.flushMode = options.flushMode;
		this.events = options.events;
	}

	KvSession create() {
		KvSession session = this.engine.create();
		if (this.flushMode == FlushMode.IMMEDIATE) {
			save(session);
		}
		return session;
	}

	@Nullable KvSession find(String id) {
		if (!this.idShape.test(id) || this.engine.isEnded(id)) {
			return null;
		}
		LiveSession known = this.engine.known(id);
		Handoff handoff = this.engine.handoffs().newer(id, known);
		if (handoff == null && this.engine.isAbsent(id)) {
			return null;
		}
		boolean usable = handoff == null && known != null && this.engine.isFresh(known)
				&& !this.engine.isExpired(known);
		LiveSession live = usable ? known : load(id, handoff);
		if (live == null) {
			// Absent by KV's own word, or KV could not be asked.
			expired(this.engine.isAbsent(id) ? known : null);
			return null;
		}
		if (this.engine.isExpired(live)) {
			expired(live);
			return null;
		}
		return this.engine.open(live);
	}

	/*
	 * A request whose session could not be read asks again: for its error page, which
	 * then has no session, and when the filter commits, which must not wait for KV once
	 * more.
	 */
	private @Nullable LiveSession load(String id, @Nullable Handoff handoff) {
		SessionRequest request = SessionRequest.current();
		KvException failure = (request != null) ? request.readFailure() : null;
		if (request == null || failure == null) {
			return read(id, handoff, request);
		}
		if (request.isErrorDispatch()) {
			return null;
		}
		throw failure;
	}

	private @Nullable LiveSession read(String id, @Nullable Handoff handoff, @Nullable SessionRequest request) {
		try {
			return this.waiter.await((handoff != null) ? this.engine.handoffs().load(handoff) : this.engine.load(id))
				.orElse(null);
		}
		catch (KvException ex) {
			// A session that certainly exists is never taken for none.
			if (this.onReadFailure == ReadFailurePolicy.NO_SESSION && !(ex instanceof UnseenSessionException)) {
				logger.warn("Going on without session {}, which could not be read: {}", SessionIdHash.of(id),
						ex.getMessage());
				return null;
			}
			if (request != null) {
				request.readFailed(ex);
			}
			throw ex;
		}
		finally {
			if (handoff != null && request != null) {
				request.handoffSettled(id);
			}
		}
	}

	private void expired(@Nullable LiveSession live) {
		if (live != null && this.engine.isExpired(live) && this.engine.expire(live)) {
			publish(new SessionExpiredEvent(this.source, this.engine.open(live)));
		}
	}

	void save(KvSession session) {
		SessionRequest request = SessionRequest.current();
		LiveSession live = session.live();
		boolean created = session.isNew();
		boolean known = live != null && !session.isRenamed();
		SessionChange change = session.changes();
		boolean written = true;
		if (change != null) {
			Optional<LiveSession> saved = write(session, change, request);
			session.saved(saved.orElse(null), change);
			written = saved.isPresent();
		}
		else if (live != null) {
			written = this.engine.touch(live, session.getLastAccessedTime());
		}
		if (created && written) {
			publish(new SessionCreatedEvent(this.source, session));
		}
		if (request != null) {
			request.saved(session);
			LiveSession saved = session.live();
			if (change != null && written && saved != null) {
				this.engine.handoffs().send(request, saved);
			}
			if (known && written && !this.engine.isEnded(session.getId())) {
				request.renewed(session);
			}
		}
	}

	private Optional<LiveSession> write(KvSession session, SessionChange change, @Nullable SessionRequest request) {
		if (request == null) {
			return this.waiter.await(this.engine.save(session, change));
		}
		KvException earlier = request.saveFailure(session.getId());
		if (earlier != null) {
			throw earlier;
		}
		try {
			return this.waiter.await(this.engine.save(session, change));
		}
		catch (KvException ex) {
			if (ex instanceof KvRequestRefusedException) {
				// The application may take out what KV refuses, and save again.
				request.failed(ex);
			}
			else {
				request.saveFailed(session.getId(), ex);
			}
			throw ex;
		}
	}

	void delete(String id) {
		if (!this.idShape.test(id) || this.engine.isEnded(id)) {
			return;
		}
		LiveSession live = this.engine.known(id);
		KvSession session = (live != null) ? this.engine.open(live) : null;
		SessionRequest request = SessionRequest.current();
		try {
			this.waiter.await(this.engine.end(id));
		}
		catch (KvException ex) {
			if (request != null) {
				request.failed(ex);
			}
			throw ex;
		}
		finally {
			this.engine.handoffs().ended(request, id);
			if (session != null) {
				publish(new SessionDeletedEvent(this.source, session));
			}
		}
	}

	int flush(Duration longest) {
		return this.waiter.await(this.engine.flush(longest));
	}

	int pendingWrites() {
		return this.engine.pendingWrites();
	}

	long pendingBytes() {
		return this.engine.pendingBytes();
	}

	private void publish(ApplicationEvent event) {
		this.events.publishEvent(event);
	}

}
