package dev.kvsession.session.stress;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.ThreadKvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.http.RestClientTransport;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.rest.RestKvClient;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.FastTime;
import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.StageWaiter;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvDelivery;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvEntry;
import dev.kvsession.test.kv.KvLatency;
import dev.kvsession.test.kv.KvRateLimit;
import dev.kvsession.test.kv.KvStaleness;

/**
 * A KV with stale reads and faults behind real HTTP, and repositories on it. Safe for
 * concurrent use.
 */
final class StressKv implements AutoCloseable {

	private static final int TOO_MANY = 429;

	private static final KvLatency LATENCY = KvLatency.between(Duration.ZERO, Duration.ofMillis(1));

	/**
	 * Reads are late, but never by the two minutes that the library reckons with: a
	 * machine that stands still for a moment makes them later.
	 */
	private static final KvStaleness STALENESS = new KvStaleness(3, KvStaleness.Choice.ANY, Duration.ofSeconds(5),
			Duration.ofMillis(900), Duration.ofSeconds(10), 0.05, 0.2);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final SessionKeys KEYS = new SessionKeys(SessionKeys.DEFAULT_PREFIX);

	private final FastTime time = new FastTime();

	private final ThreadKvScheduler timeouts = new ThreadKvScheduler();

	private final KvEmulator kv;

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	StressKv(long seed) {
		this.kv = KvEmulator.start(KvEmulatorSettings.realistic(seed)
			.withRateLimit(KvRateLimit.none())
			.withStaleness(STALENESS)
			.withLatency(LATENCY), 0, this.time);
		this.open.push(this.kv);
		disturb();
	}

	/**
	 * Lets some calls fail, in each of the ways in which KV fails.
	 */
	void disturb() {
		this.kv.faults().clear();
		this.kv.faults().sometimes(0.03, KvFault.status(503));
		this.kv.faults().sometimes(0.01, KvFault.status(500).afterApplying());
		this.kv.faults().sometimes(0.01, KvFault.html(502));
		this.kv.faults().sometimes(0.02, KvFault.lostAfterWrite());
		this.kv.faults().sometimes(0.02, KvFault.resetBefore());
		this.kv.faults().sometimes(0.05, KvFault.delayed(Duration.ofMillis(4)));
	}

	/**
	 * Lets all calls fail.
	 */
	void breakDown() {
		this.kv.faults().clear();
		this.kv.faults().every(KvFault.status(503));
	}

	/**
	 * Ends all faults, and lets each read show the last write.
	 */
	void recover() {
		this.kv.faults().clear();
		this.kv.reconfigure(this.kv.settings().withStaleness(KvStaleness.none()));
	}

	/**
	 * Waits.
	 * @param duration how long, in fast time
	 */
	void pass(Duration duration) {
		CompletableFuture<Void> passed = new CompletableFuture<>();
		this.time.schedule(() -> passed.complete(null), duration);
		passed.join();
	}

	/**
	 * Starts an instance.
	 * @param writer its name in stamps
	 * @param mode what its saves wait for
	 * @return its repository
	 */
	synchronized KvSessionRepository repository(String writer, WriteMode mode) {
		return set(new KvSessionRepository(engine(), runtime(writer), World.CODEC), mode);
	}

	/**
	 * Starts an instance with an index of users.
	 */
	synchronized KvIndexedSessionRepository indexed(String writer) {
		return set(new KvIndexedSessionRepository(engine(), runtime(writer), World.CODEC), WriteMode.SYNC);
	}

	private static <R extends KvSessionRepository> R set(R repository, WriteMode mode) {
		repository.setWriteMode(mode);
		repository.setTouchInterval(Duration.ofMinutes(1));
		return repository;
	}

	private SessionRuntime runtime(String writer) {
		return new SessionRuntime(this.time, this.time::nanoTime, this.time,
				() -> ThreadLocalRandom.current().nextDouble(), writer, StageWaiter::block);
	}

	private KvEngine engine() {
		KvConnection connection = new KvConnection(URI.create(this.kv.baseUrl()), this.kv.accountId(),
				this.kv.namespaceId(), this.kv.apiToken());
		RestClientTransport transport = RestClientTransport.create(connection, TIMEOUT, TIMEOUT, this.timeouts,
				TransportLimits.DEFAULT);
		this.open.push(transport);
		KvRuntime runtime = new KvRuntime(this.time, this.time::nanoTime, this.time,
				() -> ThreadLocalRandom.current().nextDouble());
		KvEngine engine = new KvEngine(new RestKvClient(connection, transport, this.time), KvBudget.UNLIMITED, runtime,
				KvCallObserver.NOOP);
		this.open.push(engine);
		return engine;
	}

	Instant now() {
		return this.time.instant();
	}

	/**
	 * Lets no call fail; reads stay late.
	 */
	void calm() {
		this.kv.faults().clear();
	}

	/**
	 * Reads what KV really has of a session.
	 * @param id the id
	 * @return its record, or {@code null}
	 */
	@Nullable SessionRecord record(String id) {
		KvEntry entry = this.kv.contents().get(KEYS.record(id));
		return (entry != null) ? World.CODEC.decode(entry.text()) : null;
	}

	/**
	 * Returns the calls that KV has refused because their key was written within a second
	 * of an answer. A write whose connection was closed with nothing answered is repeated
	 * at once, and KV may refuse that.
	 * @return the calls
	 */
	List<KvCall> hastyWrites() {
		List<KvCall> calls = this.kv.log().calls();
		return calls.stream()
			.filter((call) -> call.status() == TOO_MANY && calls.stream().noneMatch((lost) -> isRepetition(call, lost)))
			.toList();
	}

	private static boolean isRepetition(KvCall call, KvCall lost) {
		return lost.delivery() == KvDelivery.LOST_AFTER_WRITE && lost.kind() == call.kind()
				&& lost.keys().equals(call.keys()) && !lost.at().isAfter(call.at())
				&& lost.at().plusSeconds(1).isAfter(call.at());
	}

	int writes() {
		return this.kv.log().count(KvCallKind.PUT, KvCallKind.BULK_PUT);
	}

	List<Throwable> failures() {
		return this.time.failures();
	}

	@Override
	public void close() throws Exception {
		while (!this.open.isEmpty()) {
			this.open.pop().close();
		}
		this.timeouts.close();
		this.time.close();
	}

}
