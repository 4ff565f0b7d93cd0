package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.kvsession.VirtualTransport;
import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvResponse;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.SessionWarnings;
import dev.kvsession.session.settings.StageWaiter;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.VirtualTime;

/**
 * One running application: the real repository and the real client over the emulated KV.
 * Waiting for KV moves the world's time on.
 */
public final class Instance {

	/**
	 * No operation may keep a request waiting longer.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

	private final List<Object> events = new ArrayList<>();

	private final World world;

	private final SessionRuntime runtime;

	private final RestKvClient client;

	private final KvEngine engine;

	private final KvSessionRepository repository;

	private Predicate<KvCall> crashingCall = (call) -> false;

	private boolean crashed;

	Instance(World world, String name, Duration clockAhead, KvBudget budget, Consumer<KvSessionRepository> setup) {
		this(world, name, clockAhead, budget, false, setup);
	}

	Instance(World world, String name, Duration clockAhead, KvBudget budget, boolean indexed,
			Consumer<KvSessionRepository> setup) {
		this.world = world;
		KvScheduler scheduler = this::schedule;
		InstantSource clock = InstantSource.offset(world.time(), clockAhead);
		VirtualTransport transport = new VirtualTransport(name, world.kv(), scheduler);
		this.client = new RestKvClient(VirtualTransport.CONNECTION, (request) -> arrived(transport.exchange(request)),
				clock);
		KvRuntime kv = new KvRuntime(clock, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()), scheduler, () -> 0.5);
		this.runtime = new SessionRuntime(clock, kv.nanoTime(), scheduler, kv.jitter(), name, this::await);
		this.engine = new KvEngine(this.client, budget, kv, KvCallObserver.NOOP);
		this.repository = indexed ? new KvIndexedSessionRepository(this.engine, this.runtime, World.CODEC)
				: new KvSessionRepository(this.engine, this.runtime, World.CODEC);
		this.repository.setApplicationEventPublisher(this.events::add);
		setup.accept(this.repository);
	}

	public KvSessionRepository repository() {
		return this.repository;
	}

	public KvIndexedSessionRepository indexed() {
		return (KvIndexedSessionRepository) this.repository;
	}

	public SessionRuntime runtime() {
		return this.runtime;
	}

	public KvEngine engine() {
		return this.engine;
	}

	public RestKvClient client() {
		return this.client;
	}

	/**
	 * The same store beneath the repository, which waits for nothing.
	 */
	public SessionEngine sessions(WriteMode mode) {
		SessionSettings settings = new SessionSettings(World.CODEC);
		settings.writeMode = mode;
		return new SessionEngine(this.engine,
				new SessionContext(settings, this.runtime, new SessionWarnings(this.runtime.scheduler())), (live) -> {
				}, (live) -> {
				});
	}

	/**
	 * Makes a new session of that store.
	 */
	public static KvSession create(SessionEngine sessions) {
		return new KvSession(sessions, (session) -> {
		});
	}

	/**
	 * Opens a session of that store.
	 */
	public static KvSession open(SessionEngine sessions, LiveSession live) {
		return new KvSession(sessions, (session) -> {
		}, live);
	}

	public static Handoffs handoffs(SessionEngine sessions) {
		return sessions.handoffs;
	}

	public KvSession create() {
		return this.repository.createSession();
	}

	/**
	 * Creates and saves a session.
	 * @return its id
	 */
	public String login(Consumer<KvSession> setup) {
		KvSession session = create();
		setup.accept(session);
		this.repository.save(session);
		return session.getId();
	}

	public KvSession find(String id) {
		return this.repository.findById(id);
	}

	public void save(KvSession session) {
		this.repository.save(session);
	}

	public void delete(String id) {
		this.repository.deleteById(id);
	}

	/**
	 * What Spring Session asks of a repository for one request with a session: find,
	 * save, find, save.
	 */
	public void request(String id, Consumer<KvSession> application) {
		KvSession session = find(id);
		session.setLastAccessedTime(this.runtime.clock().instant());
		application.accept(session);
		save(session);
		find(session.getId());
		save(session);
	}

	/**
	 * Changes a session as one request does it that changes nothing else.
	 */
	public void change(String id, String name, Object value) {
		request(id, (session) -> session.setAttribute(name, value));
	}

	public <T> List<T> events(Class<T> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * Ends the instance as a power cut does: nothing it had planned will run, no answer
	 * reaches it.
	 */
	public void crash() {
		this.crashed = true;
	}

	/**
	 * Crashes when a call has taken effect in KV, before its answer arrives.
	 */
	public void crashAfter(Predicate<KvCall> call) {
		this.crashingCall = call;
	}

	private CompletionStage<KvResponse> arrived(CompletionStage<KvResponse> answer) {
		KvCall call = this.world.calls().get(this.world.calls().size() - 1);
		this.crashed |= this.crashingCall.test(call);
		this.world.arrived(call);
		return answer;
	}

	private Future<?> schedule(Runnable task, Duration delay) {
		return this.world.time().schedule(() -> {
			if (!this.crashed) {
				task.run();
			}
		}, delay);
	}

	private <T> T await(CompletableFuture<T> future) {
		Instant end = this.world.now().plus(LONGEST_WAIT);
		while (!future.isDone()) {
			if (this.crashed) {
				throw new CrashException();
			}
			long next = this.world.time().nextDue();
			if (next == VirtualTime.NEVER || this.world.now().isAfter(end)) {
				throw new AssertionError("A request waits for KV for ever");
			}
			this.world.time().advanceTo(next);
		}
		return StageWaiter.block(future);
	}

	/**
	 * Ends what was running in an instance that crashed.
	 */
	public static final class CrashException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
