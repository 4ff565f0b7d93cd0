package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.kvsession.TestKv;
import dev.kvsession.client.KvBudget;
import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFaults;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One KV as the real one is (stale, one write a second per key, limited), one virtual
 * time, and as many instances of an application as a test wants. Everything runs on the
 * test's thread, and the seed decides it all.
 */
public final class World {

	public static final SessionCodec CODEC = new JsonSessionCodec(World.class.getClassLoader(),
			List.of("dev.kvsession.session"), JdkFallback.OFF);

	/**
	 * Longer than any read of the emulated KV can be late.
	 */
	private static final Duration QUIET = Duration.ofMinutes(5);

	private static final SessionKeys KEYS = new SessionKeys(SessionKeys.DEFAULT_PREFIX);

	private final VirtualTime time = new VirtualTime();

	private final CallHooks hooks = new CallHooks(this.time::schedule);

	private final VirtualKv kv;

	/** Set if what is stored lies in workerd. */
	private final WorkerdKv workerd;

	private int instances;

	public World() {
		this(1);
	}

	public World(long seed) {
		this(KvEmulatorSettings.realistic(seed));
	}

	public World(KvEmulatorSettings settings) {
		this.kv = new VirtualKv(settings, this.time);
		this.workerd = null;
	}

	private World(WorkerdConnection workerd) {
		this.workerd = new WorkerdKv(this.time, workerd);
		this.kv = this.workerd;
	}

	/**
	 * A world for tests that do not need KV to be stale, which workerd's never is.
	 */
	public static World on(TestKv kv) {
		return kv.isWorkerd() ? new World(WorkerdConnection.to(kv)) : new World();
	}

	public Instance instance() {
		return instance((repository) -> {
		});
	}

	public Instance instance(Consumer<KvSessionRepository> setup) {
		return instance(Duration.ZERO, setup);
	}

	/**
	 * Starts an instance whose clock is wrong.
	 * @param ahead how far its clock is ahead
	 * @param setup sets its repository up
	 */
	public Instance instance(Duration ahead, Consumer<KvSessionRepository> setup) {
		return new Instance(this, "i" + ++this.instances, ahead, KvBudget.UNLIMITED, setup);
	}

	/**
	 * Starts an instance with an index of users.
	 */
	public Instance indexed() {
		return indexed((repository) -> {
		});
	}

	public Instance indexed(Consumer<KvIndexedSessionRepository> setup) {
		return indexed(Duration.ZERO, setup);
	}

	public Instance indexed(Duration ahead, Consumer<KvIndexedSessionRepository> setup) {
		return new Instance(this, "i" + ++this.instances, ahead, KvBudget.UNLIMITED, true,
				(repository) -> setup.accept((KvIndexedSessionRepository) repository));
	}

	public Instance instance(KvBudget budget) {
		return new Instance(this, "i" + ++this.instances, Duration.ZERO, budget, (repository) -> {
		});
	}

	public VirtualTime time() {
		return this.time;
	}

	public Instant now() {
		return this.time.instant();
	}

	VirtualKv kv() {
		return this.kv;
	}

	public KvFaults faults() {
		return this.kv.faults();
	}

	public void pass(Duration duration) {
		this.time.advance(duration);
	}

	/**
	 * Lets so much time pass that all background work is done and every reader of KV sees
	 * what is stored.
	 */
	public void settle() {
		pass(QUIET);
	}

	/**
	 * All that lies in KV: key, metadata and value.
	 */
	public List<String> dump() {
		return this.kv.contents()
			.keys("")
			.stream()
			.map((key) -> key + " " + this.kv.contents().get(key).metadata() + " " + this.kv.contents().get(key).text())
			.toList();
	}

	public List<KvCall> calls(KvCallKind... kinds) {
		return this.kv.log().calls(kinds);
	}

	/**
	 * The calls that wrote or deleted a session's record.
	 */
	public List<KvCall> writesOf(String id) {
		return calls(KvCallKind.PUT, KvCallKind.DELETE).stream()
			.filter((call) -> call.keys().contains(KEYS.record(id)))
			.toList();
	}

	public List<KvCall> markersOf(String id) {
		return calls(KvCallKind.PUT).stream().filter((call) -> call.keys().contains(KEYS.gone(id))).toList();
	}

	public void forgetCalls() {
		this.kv.log().clear();
	}

	/**
	 * Runs an action once, when the next call of a kind has reached KV and its answer is
	 * still on its way.
	 */
	public void during(KvCallKind kind, Runnable action) {
		this.hooks.add(kind, action);
	}

	void arrived(KvCall call) {
		this.hooks.arrived(call);
	}

	private KvEntry stored(String key) {
		return (this.workerd != null) ? this.workerd.get(key) : this.kv.contents().get(key);
	}

	private void store(String key, String text, Duration ttl) {
		this.kv.contents().store(key, text, ttl);
		if (this.workerd != null) {
			this.workerd.store(key, text, ttl);
		}
	}

	/**
	 * The text that is stored for a session, whatever readers see, or {@code null}.
	 */
	public String truth(String id) {
		KvEntry entry = entry(id);
		return (entry != null) ? entry.text() : null;
	}

	/**
	 * The entry that is stored under a key, whatever readers see, or {@code null}.
	 */
	public KvEntry at(String key) {
		return stored(key);
	}

	KvEntry entry(String id) {
		return stored(KEYS.record(id));
	}

	public SessionRecord record(String id) {
		return CODEC.decode(truth(id));
	}

	public boolean hasMarker(String id) {
		return marker(id) != null;
	}

	/**
	 * Whether KV tells that a session goes on under another id.
	 */
	public boolean hasRenamedMarker(String id) {
		return renamedMarker(id) != null;
	}

	public String renamedMarker(String id) {
		KvEntry entry = stored(KEYS.renamed(id));
		return (entry != null) ? entry.text() : null;
	}

	/**
	 * The text of a session's gone marker, or {@code null}.
	 */
	public String marker(String id) {
		KvEntry entry = stored(KEYS.gone(id));
		return (entry != null) ? entry.text() : null;
	}

	/**
	 * Stores a text as a session's record, at once visible to all.
	 */
	public void store(String id, String text) {
		store(KEYS.record(id), text, Duration.ofDays(7));
	}

	/**
	 * Stores a text as a session's gone marker, at once visible to all.
	 */
	public void storeMarker(String id, String text) {
		store(KEYS.gone(id), text, GoneMarker.LONGEST);
	}

	/**
	 * Stores a text as the value that tells of a changed id, at once visible to all.
	 */
	public void storeRenamedMarker(String id, String text) {
		store(KEYS.renamed(id), text, GoneMarker.LONGEST);
	}

	/**
	 * Lets all readers see a gone marker that is stored.
	 */
	public void showMarker(String id) {
		storeMarker(id, marker(id));
	}

	public void remove(String id) {
		this.kv.contents().remove(KEYS.record(id));
		if (this.workerd != null) {
			this.workerd.remove(KEYS.record(id));
		}
	}

	public List<String> storedKeys() {
		return (this.workerd != null) ? this.workerd.keys() : this.kv.contents().keys("");
	}

	/** No key was written twice within a second. */
	public void assertWritesAreSpaced() {
		Map<String, KvCall> last = new HashMap<>();
		calls(KvCallKind.PUT, KvCallKind.DELETE).forEach((call) -> {
			KvCall before = last.put(call.key(), call);
			if (before != null && before.status() == 200 && call.status() == 200) {
				assertThat(Duration.between(before.at(), call.at())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
			}
		});
	}

}
