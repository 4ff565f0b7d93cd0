package dev.kvsession.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.session.FlushMode;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

import dev.kvsession.client.KvException;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.AttributeEncodingException;
import dev.kvsession.session.end.SessionEnds;
import dev.kvsession.session.handoff.Handoff;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionIdShape;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.SessionWarnings;
import dev.kvsession.session.web.RequestIds;
import dev.kvsession.session.web.SessionRequest;

/**
 * The repository's four operations: asks the engine, waits for it, and publishes events.
 * Safe for concurrent use.
 */
final class SessionOperations {

	private static final Logger logger = LoggerFactory.getLogger(SessionOperations.class);

	/** How often a session is saved again because it was changed during the save. */
	private static final int MOST_SAVES_AGAIN = 8;

	private final Object source;

	final SessionEngine engine;

	final BoundedWaiter waiter;

	/** {@code null} if no id can be outdated. */
	private final @Nullable IdRenewals renewals;

	private final GuessGate guesses;

	private final SessionContext context;

	SessionOperations(Object source, KvEngine kv, SessionSettings settings, SessionRuntime runtime) {
		this.source = source;
		this.context = new SessionContext(settings, runtime, new SessionWarnings(runtime.scheduler()));
		this.engine = new SessionEngine(kv, this.context, this::expired, this::learntEnd);
		this.waiter = new BoundedWaiter(runtime, settings, kv::isKeepingUp);
		this.renewals = (this.engine.ids instanceof SessionIdShape) ? null
				: new IdRenewals(this.engine, kv::isAvailable);
		this.guesses = new GuessGate(this.context, kv::isGuessedAt);
	}

	KvSession create() {
		KvSession session = new KvSession(this.engine, this::changed);
		changed(session);
		return session;
	}

	private void changed(KvSession session) {
		if (this.context.settings().flushMode == FlushMode.IMMEDIATE) {
			save(session);
		}
	}

	KvSession open(LiveSession live) {
		return new KvSession(this.engine, this::changed, live);
	}

	@Nullable KvSession find(String given) {
		SessionRequest request = SessionRequest.current();
		String id = (this.renewals != null) ? this.renewals.current(given, request) : given;
		Optional<LiveSession> first = (request != null) ? request.requestIds().firstFound(id) : null;
		if (request != null && first == null && !request.isChangingId()) {
			// The new id has arrived, so the old one ends before this request goes on.
			this.waiter.await(this.engine.endPreviousId(id));
		}
		LiveSession live = (first != null) ? again(id, first.orElse(null)) : find(id, request);
		if (request != null) {
			request.requestIds().found(id, live);
		}
		return (live != null) ? open(live) : null;
	}

	/**
	 * What this request has found before, with what this instance has learnt since: that
	 * it ended here, but not that it ended elsewhere.
	 */
	private @Nullable LiveSession again(String id, @Nullable LiveSession found) {
		if (found == null || this.engine.memory.isEndedHere(id)) {
			return null;
		}
		LiveSession known = this.engine.known(id);
		LiveSession live = (known != null) ? known : found;
		return this.engine.isExpired(live) ? null : live;
	}

	private @Nullable LiveSession find(String id, @Nullable SessionRequest request) {
		// mutant: unsafe
		SessionEngine.LookUp found = this.engine.lookUp(id, request != null && request.isSafe());
		if (found.settled()) {
			return found.known();
		}
		return (request == null || request.requestIds().tryReserveRead(id)) ? ask(id, found) : null;
	}

	private @Nullable LiveSession ask(String id, SessionEngine.LookUp found) {
		LiveSession read = load(id, found);
		boolean ended = this.engine.memory.isEnded(id);
		LiveSession live = ended ? null : read;
		if (live != null && !this.engine.isExpired(live)) {
			return live;
		}
		// Not for a session that KV could not be asked for.
		expired((live != null) ? live
				: (ended || this.engine.memory.sessions().isKnownAbsent(id)) ? found.known() : null);
		return null;
	}

	/**
	 * Reads a session. A request whose read has failed looks its session up again: for
	 * its error page, which then has no session, and when the filter commits, which must
	 * not wait for KV once more.
	 */
	private @Nullable LiveSession load(String id, SessionEngine.LookUp found) {
		SessionRequest request = SessionRequest.current();
		KvException failure = (request != null) ? request.readFailure() : null;
		if (request == null || failure == null) {
			return read(id, found, request);
		}
		if (request.isErrorDispatch()) {
			return null;
		}
		throw failure;
	}

	private @Nullable LiveSession read(String id, SessionEngine.LookUp found, @Nullable SessionRequest request) {
		LiveSession known = found.known();
		boolean served = false;
		try {
			return this.waiter.await(asked(id, found, request)).orElse(null);
		}
		catch (KvException ex) {
			served = known != null && this.engine.tryUseAfter(known, ex);
			if (served) {
				return known;
			}
			throwUnlessNone(id, found, request, ex);
			return null;
		}
		finally {
			if (!served) {
				this.context.settings().statistics.add(KvSessionEvent.NEAR_CACHE_MISS);
			}
			if (found.handoff() != null && request != null) {
				request.handoffSettled(id);
			}
		}
	}

	private CompletableFuture<Optional<LiveSession>> asked(String id, SessionEngine.LookUp found,
			@Nullable SessionRequest request) {
		Handoff handoff = found.handoff();
		if (handoff != null) {
			return handoff.isOfId() ? this.guesses.bounded(id, () -> this.engine.handoffs.load(handoff))
					: this.engine.handoffs.load(handoff);
		}
		if (found.known() != null) {
			return this.engine.load(found.known());
		}
		List<String> ids = (request != null) ? request.requestIds().reserveTogether(id, this.engine::isUnknown)
				: List.of(id);
		return this.guesses.bounded(id, () -> this.engine.load(ids));
	}

	/** A session that certainly exists is never taken for none. */
	private void throwUnlessNone(String id, SessionEngine.LookUp found, @Nullable SessionRequest request,
			KvException failure) {
		boolean certain = found.handoff() != null || failure instanceof UnseenSessionException;
		if (this.context.settings().onReadFailure == ReadFailurePolicy.NO_SESSION && !certain) {
			this.context.warnings()
				.warn(logger, "requests that go on without their session", failure,
						"Going on without session " + SessionIdHash.of(id) + ", which could not be read");
			return;
		}
		if (request != null) {
			serves(request);
			request.readFailed(failure);
		}
		throw failure;
	}

	private void serves(SessionRequest request) {
		request.servedWith(this.context.warnings(), this.context.settings().timeout);
	}

	private void expired(@Nullable LiveSession live) {
		if (live != null && this.engine.isExpired(live) && this.engine.memory.expire(live.id())) {
			this.context.settings().events.publishEvent(new SessionExpiredEvent(this.source, open(live)));
		}
	}

	/* Listeners such as that of WebSockets must learn of an end elsewhere, too. */
	void learntEnd(LiveSession live) {
		if (this.engine.isExpired(live)) {
			expired(live);
		}
		else {
			this.context.settings().events.publishEvent(new SessionDeletedEvent(this.source, open(live)));
		}
	}

	/**
	 * Saves also what other threads of the request set meanwhile. A thread that sets
	 * without end must not delay the answer without end.
	 */
	void save(KvSession session) {
		session.saving().lock();
		try {
			SessionRequest request = SessionRequest.current();
			if (request != null) {
				serves(request);
			}
			if (this.renewals != null) {
				this.renewals.renew(session, request);
			}
			boolean changed = saveOnce(session);
			for (int again = 0; changed && again < MOST_SAVES_AGAIN; again++) {
				changed = session.mayBeChanged() && saveOnce(session);
			}
		}
		finally {
			session.saving().unlock();
		}
	}

	private boolean saveOnce(KvSession session) {
		SessionRequest request = SessionRequest.current();
		SessionDraft draft = SessionRequest.saving(session.getId(), () -> draft(session));
		if (draft != null) {
			Optional<LiveSession> saved = write(draft, request);
			if (saved.isEmpty() && this.renewals != null && this.renewals.follow(session, request)) {
				return saveOnce(session);
			}
			session.saved(saved.orElse(null), draft);
			if (draft.isNew() && saved.isPresent()) {
				this.context.settings().events.publishEvent(new SessionCreatedEvent(this.source, session));
			}
			if (request != null && request.isOwn(draft.id(), draft.idBefore())) {
				request.saved(session.getMaxInactiveInterval(), session.lifetime());
				saved.ifPresent((live) -> sent(request, session, draft, live));
			}
			return true;
		}
		LiveSession live = session.live();
		boolean touched = live != null && this.engine.touch(live, session.lastAccessedMillis());
		if (request != null && request.isOwn(session.getId())) {
			request.saved(session.getMaxInactiveInterval(), session.lifetime());
			if (touched && !this.engine.memory.isEnded(session.getId())) {
				request.renewed(session.getId(), session.getMaxInactiveInterval(), session.lifetime());
			}
		}
		return false;
	}

	/**
	 * Requests share values, as in a servlet container, so one may change a value while
	 * another encodes it. It is encoded again, at the latest after a second.
	 */
	private @Nullable SessionDraft draft(KvSession session) {
		for (long millis = 10; millis <= 640; millis *= 2) {
			try {
				return session.draft();
			}
			catch (AttributeEncodingException ex) {
				if (!ex.isChanging()) {
					throw ex;
				}
			}
			pause(Duration.ofMillis(millis));
		}
		return session.draft();
	}

	private void pause(Duration wait) {
		CompletableFuture<Boolean> over = new CompletableFuture<>();
		try {
			this.context.runtime().scheduler().schedule(() -> over.complete(true), wait);
		}
		catch (RejectedExecutionException ex) {
			// The application is stopping: no time is left to wait.
			over.complete(true);
		}
		this.context.runtime().waiter().await(over);
	}

	private void sent(SessionRequest request, KvSession session, SessionDraft draft, LiveSession saved) {
		this.engine.handoffs.send(request, saved);
		if (!draft.isNew() && !draft.isRenamed() && !this.engine.memory.isEnded(draft.id())) {
			request.renewed(session.getId(), session.getMaxInactiveInterval(), session.lifetime());
		}
	}

	private Optional<LiveSession> write(SessionDraft draft, @Nullable SessionRequest request) {
		if (request == null) {
			return this.waiter.await(this.engine.save(draft, Duration.ZERO));
		}
		KvException earlier = request.saveFailure(draft.id());
		if (earlier != null) {
			throw earlier;
		}
		Optional<LiveSession> saved = SessionRequest.saving(draft.id(),
				() -> this.waiter.await(this.engine.save(draft, SessionEnds.UNTIL_ANSWER_IS_SENT)));
		request.saveSucceeded(draft.id());
		if (draft.isRenamed()) {
			request.whenAnswered(() -> this.waiter.awaitIfPossible(this.engine.endPreviousId(draft.id())));
		}
		return saved;
	}

	void delete(String id) {
		String replaced = this.engine.memory.idBefore(id);
		if (replaced != null && !this.engine.memory.isEnded(replaced)) {
			// The request has changed the id, and KV does not know the new one.
			this.engine.end(id);
			end(replaced);
			return;
		}
		String next = this.engine.ids.test(id) ? id : null;
		while (next != null) {
			next = endOne(next);
		}
	}

	/**
	 * A logout under an id that another request has changed, or is changing now, ends the
	 * session; so does one where another instance has changed the same id.
	 */
	private @Nullable String endOne(String id) {
		RequestIds.ended(id);
		// Also if it is known to have ended elsewhere: other requests may go on with it.
		if (!this.engine.memory.isEndedHere(id)) {
			end(id);
		}
		else if (this.engine.memory.successor(id) != null) {
			// The id has ended only by a change of id. Other instances look for its gone
			// marker, so the logout is recorded under it, too.
			this.engine.end(id);
		}
		return this.engine.memory.successor(id);
	}

	private void deleted(@Nullable KvSession session, String id) {
		this.engine.handoffs.ended(SessionRequest.current(), id);
		if (session != null) {
			this.context.settings().events.publishEvent(new SessionDeletedEvent(this.source, session));
		}
	}

	private void end(String id) {
		LiveSession live = this.engine.known(id);
		KvSession session = (live != null) ? open(live) : null;
		SessionRequest request = SessionRequest.current();
		try {
			this.waiter.awaitIfPossible(this.engine.end(id));
		}
		catch (KvException ex) {
			if (request != null) {
				serves(request);
				request.failed(ex);
			}
			throw ex;
		}
		finally {
			deleted(session, id);
		}
	}

	int flush(Duration longest) {
		return this.waiter.await(this.engine.flush(longest));
	}

}
