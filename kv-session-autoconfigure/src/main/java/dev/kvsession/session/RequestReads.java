package dev.kvsession.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvException;
import dev.kvsession.session.handoff.Handoff;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionWarnings;
import dev.kvsession.session.settings.StageWaiter;
import dev.kvsession.session.web.SessionRequest;

/**
 * Waits for reads on behalf of requests, and decides what a failed read means for them.
 * Safe for concurrent use.
 */
final class RequestReads {

	private static final Logger logger = LoggerFactory.getLogger(RequestReads.class);

	private final SessionEngine engine;

	private final StageWaiter waiter;

	private final GuessGate guesses;

	private final ReadFailurePolicy onReadFailure;

	private final KvSessionStatistics statistics;

	private final SessionWarnings warnings;

	private final Duration defaultInterval;

	RequestReads(SessionEngine engine, StageWaiter waiter, SessionContext context, GuessGate guesses) {
		this.warnings = context.warnings();
		this.engine = engine;
		this.waiter = waiter;
		this.onReadFailure = context.settings().onReadFailure;
		this.defaultInterval = context.settings().timeout;
		this.guesses = guesses;
		this.statistics = context.settings().statistics;
	}

	/**
	 * Reads a session, or returns {@code null} if there is none. A request whose read has
	 * failed looks its session up again: for its error page, which then has no session,
	 * and when the filter commits, which must not wait for KV once more.
	 */
	@Nullable LiveSession load(String id, @Nullable LiveSession known, @Nullable Handoff handoff) {
		SessionRequest request = SessionRequest.current();
		KvException failure = (request != null) ? request.readFailure() : null;
		if (request == null || failure == null) {
			return read(id, known, handoff, request);
		}
		if (request.isErrorDispatch()) {
			return null;
		}
		throw failure;
	}

	/** Gives a request what it needs of this repository. */
	void serves(@Nullable SessionRequest request) {
		if (request != null) {
			request.warnings = this.warnings;
			request.defaultInterval = this.defaultInterval;
		}
	}

	private CompletableFuture<Optional<LiveSession>> asked(String id, @Nullable LiveSession known,
			@Nullable Handoff handoff) {
		if (handoff != null) {
			return this.engine.handoffs.load(handoff);
		}
		if (known != null) {
			return this.engine.load(known);
		}
		SessionRequest request = SessionRequest.current();
		List<String> ids = (request != null) ? request.lookedUp().together(id, this.engine::isUnknown) : List.of(id);
		return this.guesses.load(id, () -> this.engine.load(ids));
	}

	private @Nullable LiveSession read(String id, @Nullable LiveSession known, @Nullable Handoff handoff,
			@Nullable SessionRequest request) {
		boolean served = false;
		try {
			return this.waiter.await(asked(id, known, handoff)).orElse(null);
		}
		catch (KvException ex) {
			served = known != null && this.engine.tryUseAfter(known, ex);
			if (served) {
				return known;
			}
			// A session that certainly exists is never taken for none.
			boolean certain = handoff != null || ex instanceof UnseenSessionException;
			if (this.onReadFailure == ReadFailurePolicy.NO_SESSION && !certain) {
				this.warnings.warn(logger, "requests that go on without their session", ex,
						"Going on without session " + SessionIdHash.of(id) + ", which could not be read");
				return null;
			}
			if (request != null) {
				serves(request);
				request.readFailed(ex);
			}
			throw ex;
		}
		finally {
			if (!served) {
				this.statistics.add(KvSessionEvent.NEAR_CACHE_MISS);
			}
			if (handoff != null && request != null) {
				request.handoffSettled(id);
			}
		}
	}

}
