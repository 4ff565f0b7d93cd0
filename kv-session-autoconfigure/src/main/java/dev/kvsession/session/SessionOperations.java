package dev.kvsession.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FlushMode;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

import dev.kvsession.client.KvException;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.AttributeEncodingException;
import dev.kvsession.session.end.SessionEnds;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionContext;
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

	/** How often a session is saved again because it was changed during the save. */
	private static final int MOST_SAVES_AGAIN = 8;

	private final Object source;

	final SessionEngine engine;

	private final BoundedWaiter waiter;

	private final RequestReads reads;

	private final SessionRuntime runtime;

	private final FlushMode flushMode;

	private final ApplicationEventPublisher events;

	SessionOperations(Object source, KvEngine kv, SessionSettings settings, SessionRuntime runtime) {
		this.source = source;
		SessionContext context = new SessionContext(settings, runtime, new SessionWarnings(runtime.scheduler()));
		this.engine = new SessionEngine(kv, context, this::expired);
		this.waiter = new BoundedWaiter(runtime, settings, kv::isKeepingUp);
		this.reads = new RequestReads(this.engine, this.waiter, context, new GuessGate(context, kv::isGuessedAt));
		this.runtime = runtime;
		this.flushMode = settings.flushMode;
		this.events = settings.events;
	}

	KvSession create() {
		KvSession session = new KvSession(this.engine, this::changed);
		changed(session);
		return session;
	}

	private void changed(KvSession session) {
		if (this.flushMode == FlushMode.IMMEDIATE) {
			save(session);
		}
	}

	private KvSession open(LiveSession live) {
		return new KvSession(this.engine, this::changed, live);
	}

	@Nullable KvSession find(String id) {
		SessionRequest request = SessionRequest.current();
		Optional<LiveSession> first = (request != null) ? request.lookedUp().firstFound(id) : null;
		if (request != null && first == null && !request.isChangingId()) {
			// The new id has arrived, so the old one ends before this request goes on.
			this.waiter.await(this.engine.answered(id));
		}
		LiveSession live = (first != null) ? again(id, first.orElse(null)) : find(id, request);
		if (request != null) {
			request.lookedUp().found(id, live);
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
		return (request == null || request.lookedUp().mayAsk(id)) ? ask(id, found) : null;
	}

	private @Nullable LiveSession ask(String id, SessionEngine.LookUp found) {
		LiveSession read = this.reads.load(id, found.known(), found.handoff());
		boolean ended = this.engine.memory.isEnded(id);
		LiveSession live = ended ? null : read;
		if (live != null && !this.engine.isExpired(live)) {
			return live;
		}
		// Not for a session that KV could not be asked for.
		expired((live != null) ? live : (ended || this.engine.memory.sessions().isMissed(id)) ? found.known() : null);
		return null;
	}

	private void expired(@Nullable LiveSession live) {
		if (live != null && this.engine.isExpired(live) && this.engine.expire(live)) {
			publish(new SessionExpiredEvent(this.source, open(live)));
		}
	}

	/**
	 * Saves also what other threads of the request set meanwhile. A thread that sets
	 * without end must not delay the answer without end.
	 */
	void save(KvSession session) {
		session.saving().lock();
		try {
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
		this.reads.serves(request);
		SessionDraft draft = SessionRequest.saving(session.getId(), () -> draft(session));
		if (draft != null) {
			Optional<LiveSession> saved = write(draft, request);
			session.saved(saved.orElse(null), draft);
			if (draft.isNew() && saved.isPresent()) {
				publish(new SessionCreatedEvent(this.source, session));
			}
			if (request != null) {
				request.saved(session.getMaxInactiveInterval(), session.lifetime());
				saved.ifPresent((live) -> sent(request, session, draft, live));
			}
			return true;
		}
		LiveSession live = session.live();
		boolean touched = live != null && this.engine.touch(live, session.lastAccessedMillis());
		if (request != null) {
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
			this.runtime.scheduler().schedule(() -> over.complete(true), wait);
		}
		catch (RejectedExecutionException ex) {
			// The application is stopping: no time is left to wait.
			over.complete(true);
		}
		this.runtime.waiter().await(over);
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
			request.whenAnswered(() -> this.waiter.awaitIfPossible(this.engine.answered(draft.id())));
		}
		return saved;
	}

	void delete(String id) {
		String replaced = this.engine.memory.unsaved().idBefore(id);
		if (replaced != null && !this.engine.memory.isEnded(replaced)) {
			// The request has changed the id, and KV does not know the new one.
			this.engine.end(id);
			end(replaced);
			return;
		}
		String next = this.engine.idShape.test(id) ? id : null;
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
		if (!this.engine.memory.isEnded(id)) {
			end(id);
		}
		else if (this.engine.memory.successors().of(id) != null) {
			// Its end is a change of id so far. Other instances look for a gone marker.
			this.engine.end(id);
		}
		return this.engine.memory.successors().of(id);
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
				this.reads.serves(request);
				request.failed(ex);
			}
			throw ex;
		}
		finally {
			this.engine.handoffs.ended(request, id);
			if (session != null) {
				publish(new SessionDeletedEvent(this.source, session));
			}
		}
	}

	int flush(Duration longest) {
		return this.waiter.await(this.engine.flush(longest));
	}

	private void publish(ApplicationEvent event) {
		this.events.publishEvent(event);
	}

}
