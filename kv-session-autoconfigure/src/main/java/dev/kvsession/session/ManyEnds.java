package dev.kvsession.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvException;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.StageWaiter;
import dev.kvsession.session.web.RequestIds;
import dev.kvsession.session.web.SessionRequest;

/** Ends sessions that were found by a name. Safe for concurrent use. */
final class ManyEnds implements StageWaiter {

	private static final Logger logger = LoggerFactory.getLogger(ManyEnds.class);

	private final SessionOperations operations;

	private final SessionEngine engine;

	ManyEnds(SessionOperations operations) {
		this.operations = operations;
		this.engine = operations.engine;
	}

	/**
	 * Ends sessions without waiting, also under their later ids. Completes when KV has
	 * acknowledged it. May run on a thread that calls KV.
	 */
	CompletableFuture<Void> endAll(List<String> ids) {
		List<CompletableFuture<Void>> ends = new ArrayList<>();
		List<LiveSession> known = new ArrayList<>();
		for (String id : ids) {
			for (String next = id; next != null; next = this.engine.memory.successor(next)) {
				boolean over = this.engine.memory.isEnded(next);
				Optional.ofNullable(over ? null : this.engine.known(next)).ifPresent(known::add);
				if (!over || this.engine.memory.successor(next) != null) {
					ends.add(this.engine.end(next));
				}
			}
		}
		known.forEach(this::publish);
		return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
	}

	/* A listener that fails must not keep other sessions alive. */
	private void publish(LiveSession live) {
		try {
			this.operations.learntEnd(live);
		}
		catch (RuntimeException ex) {
			this.engine.context.warnings()
				.warn(logger, "ends of sessions that were not published to all listeners", ex,
						"The end of session " + SessionIdHash.of(live.id()) + " was not published to all listeners");
		}
	}

	/** Lets the current request no longer find a session that has ended. */
	void notFound(String id) {
		RequestIds.ended(id);
		this.engine.handoffs.ended(SessionRequest.current(), id);
	}

	/** Waits as a request's own operations do; a failure is answered with 503. */
	@Override
	public <T> T await(CompletableFuture<T> future) {
		try {
			return this.operations.waiter.await(future);
		}
		catch (KvException ex) {
			SessionRequest request = SessionRequest.current();
			if (request != null) {
				request.failed(ex);
			}
			throw ex;
		}
	}

}
