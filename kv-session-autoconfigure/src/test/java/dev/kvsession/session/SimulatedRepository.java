package dev.kvsession.session;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.VirtualTransport;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionTenant;
import dev.kvsession.session.settings.StageWaiter;
import dev.kvsession.session.web.HandoffCookies;
import dev.kvsession.session.web.SessionRequest;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;

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
		return new KvSessionRepository(engine, runtime(kv, writer, pump), codec);
	}

	/**
	 * Creates a repository with an index.
	 * @param engine where the sessions lie
	 * @param kv time and chance
	 * @param writer the instance's name in stamps
	 * @param pump moves the time on until a future is done
	 * @param codec encodes them
	 * @return the repository
	 */
	public static KvIndexedSessionRepository indexed(KvEngine engine, KvRuntime kv, String writer,
			Consumer<CompletableFuture<?>> pump, SessionCodec codec) {
		return new KvIndexedSessionRepository(engine, runtime(kv, writer, pump), codec);
	}

	private static SessionRuntime runtime(KvRuntime kv, String writer, Consumer<CompletableFuture<?>> pump) {
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
		return new SessionRuntime(kv.clock(), kv.nanoTime(), kv.scheduler(), kv.jitter(), writer, waiter);
	}

	public static void setCodec(KvSessionRepository repository, SessionCodec codec) {
		repository.settings.codec = codec;
	}

	/**
	 * Creates a repository over a virtual KV.
	 * @param writer the instance's name in stamps and in KV's log
	 * @param kv where the sessions lie
	 * @param distance what each call takes longer than the virtual KV says
	 * @param budget its share of the token's calls
	 * @param pump moves the time on until a future is done
	 * @param codec encodes them
	 * @return the repository
	 */
	public static KvSessionRepository create(String writer, VirtualKv kv, Supplier<Duration> distance, KvBudget budget,
			Consumer<CompletableFuture<?>> pump, SessionCodec codec) {
		KvRuntime runtime = runtime(writer, kv.time());
		return create(engine(writer, kv, distance, budget, runtime), runtime, writer, pump, codec);
	}

	/**
	 * Creates a repository with an index over a virtual KV.
	 * @param writer the instance's name in stamps and in KV's log
	 * @param kv where the sessions lie
	 * @param distance what each call takes longer than the virtual KV says
	 * @param budget its share of the token's calls
	 * @param pump moves the time on until a future is done
	 * @param codec encodes them
	 * @return the repository
	 */
	public static KvIndexedSessionRepository indexed(String writer, VirtualKv kv, Supplier<Duration> distance,
			KvBudget budget, Consumer<CompletableFuture<?>> pump, SessionCodec codec) {
		KvRuntime runtime = runtime(writer, kv.time());
		return indexed(engine(writer, kv, distance, budget, runtime), runtime, writer, pump, codec);
	}

	private static KvRuntime runtime(String writer, VirtualTime time) {
		return new KvRuntime(time, time::nanos, time::schedule, new Random(writer.hashCode())::nextDouble);
	}

	private static KvEngine engine(String writer, VirtualKv kv, Supplier<Duration> distance, KvBudget budget,
			KvRuntime runtime) {
		VirtualTime time = kv.time();
		VirtualTransport transport = new VirtualTransport(writer, kv,
				(task, delay) -> time.schedule(task, delay.plus(distance.get())));
		return new KvEngine(new RestKvClient(VirtualTransport.CONNECTION, transport, time), budget, runtime,
				KvCallObserver.NOOP);
	}

	/**
	 * Makes a request as the filter makes it known to the repository.
	 * @param safe whether its method is safe
	 * @return runs a part of the request
	 */
	public static Consumer<Runnable> request(boolean safe) {
		return request(safe, null);
	}

	/**
	 * Makes a request of a browser that keeps cookies.
	 * @param safe whether its method is safe
	 * @param jar the browser's cookies, or {@code null} if it keeps none
	 * @return runs a part of the request
	 */
	public static Consumer<Runnable> request(boolean safe, @Nullable CookieJar jar) {
		SessionRequest request = new SimulatedRequest(safe, jar);
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

		/** What name and attributes take of a handoff cookie. */
		private static final int ATTRIBUTES_LENGTH = 100;

		private final boolean safe;

		private final @Nullable CookieJar jar;

		private final @Nullable String received;

		SimulatedRequest(boolean safe, @Nullable CookieJar jar) {
			this.safe = safe;
			this.jar = jar;
			this.received = (jar != null) ? jar.handoff() : null;
		}

		@Override
		protected @Nullable String tenantOf(SessionTenant tenants) {
			return tenants.tenant((header) -> null);
		}

		@Override
		public boolean mayChangeId(Duration interval) {
			return true;
		}

		@Override
		public boolean isSafe() {
			return this.safe;
		}

		@Override
		public List<String> handoffCookies() {
			return (this.received != null) ? List.of(this.received) : List.of();
		}

		@Override
		public boolean sendHandoff(IntFunction<String> sealed) {
			if (this.jar != null) {
				this.jar.receive(sealed.apply(HandoffCookies.MAX_LENGTH - ATTRIBUTES_LENGTH));
			}
			return this.jar != null;
		}

		@Override
		public void clearHandoff() {
			if (this.jar != null) {
				this.jar.clear();
			}
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
