package dev.kvsession.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.settings.EngineRuntime;
import dev.kvsession.session.settings.StageWaiter;
import dev.kvsession.session.web.SessionRequest;

/**
 * Makes repositories of which a simulation decides everything.
 */
public final class SimulatedRepository {

	private SimulatedRepository() {
	}

	/**
	 * Creates a repository.
	 * @param engine where the sessions lie
	 * @param kv time and chance
	 * @param writer the instance's name in stamps
	 * @param pump moves the time on until a future is done
	 * @param codec encodes them
	 * @return the repository
	 */
	public static KvSessionRepository create(KvEngine engine, KvRuntime kv, String writer,
			Consumer<CompletableFuture<?>> pump, SessionCodec codec) {
		StageWaiter waiter = new StageWaiter() {

			/*
			 * What happens meanwhile belongs to other requests, or to none.
			 */
			@Override
			public <T> T await(CompletableFuture<T> future) {
				SessionRequest waiting = SessionRequest.bind(null);
				try {
					pump.accept(future);
				}
				finally {
					SessionRequest.bind(waiting);
				}
				return StageWaiter.block(future);
			}

		};
		return new KvSessionRepository(engine,
				new EngineRuntime(kv.clock(), kv.nanoTime(), kv.scheduler(), kv.jitter(), writer, waiter), codec);
	}

	/**
	 * Makes a request as the filter makes it known to the repository.
	 * @param safe whether its method is safe
	 * @return runs a part of the request
	 */
	public static Consumer<Runnable> request(boolean safe) {
		SessionRequest request = new SimulatedRequest(safe);
		return (part) -> {
			SessionRequest previous = SessionRequest.bind(request);
			try {
				part.run();
			}
			finally {
				SessionRequest.bind(previous);
			}
		};
	}

	static final class SimulatedRequest extends SessionRequest {

		private final boolean safe;

		SimulatedRequest(boolean safe) {
			this.safe = safe;
		}

		@Override
		public boolean isSafe() {
			return this.safe;
		}

		@Override
		public List<String> handoffCookies() {
			return List.of();
		}

		@Override
		public boolean sendHandoff(IntFunction<String> sealed) {
			return false;
		}

		@Override
		public void clearHandoff() {
			// There is none.
		}

		@Override
		public boolean isErrorDispatch() {
			return false;
		}

		@Override
		public void saved(Duration interval, Duration lifetime) {
			// Nobody waits for it.
		}

		@Override
		public void renewed(String id, Duration interval, Duration lifetime) {
			// The cookie needs no new life.
		}

	}

}
