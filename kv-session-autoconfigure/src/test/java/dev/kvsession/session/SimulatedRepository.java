package dev.kvsession.session;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.engine.KvRuntime;
import dev.kvsession.codec.SessionCodec;

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

			@Override
			public <T> T await(CompletableFuture<T> future) {
				pump.accept(future);
				return StageWaiter.block(future);
			}

		};
		return new KvSessionRepository(engine,
				new EngineRuntime(kv.clock(), kv.nanoTime(), kv.scheduler(), kv.jitter(), writer, waiter), codec);
	}

}
