package dev.kvsession.session.stress;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

import dev.kvsession.client.KvException;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvStaleness;

import static org.assertj.core.api.Assertions.assertThat;

/** One seed's world, and what it has been promised. */
final class RandomRun {

	private static final int OPERATIONS = 120;

	/**
	 * As Cloudflare's, but never later than two minutes in all: for so long own writes
	 * outweigh KV's answers. What a longer tail does is documented, not promised.
	 */
	private static final KvStaleness STALENESS = new KvStaleness(3, KvStaleness.Choice.ANY, Duration.ofSeconds(60),
			Duration.ofMillis(900), Duration.ofSeconds(60), 0.1, 0.2);

	/** For so long an unused session stays in memory, and with it its last access. */
	private static final Duration REMEMBERED = Duration.ofHours(4);

	private static final String[] NAMES = { "a", "b", "c" };

	private final SplittableRandom random;

	private final World world;

	private final Instance app;

	/**
	 * Of each live session the values an attribute may have; several after a failed save.
	 */
	private final Map<String, Map<String, Set<Object>>> oracle = new TreeMap<>();

	private final Map<String, Instant> lastAccess = new HashMap<>();

	private final Set<String> ended = new LinkedHashSet<>();

	private int values;

	private int ids;

	RandomRun(long seed) {
		this.random = new SplittableRandom(seed);
		this.world = new World(KvEmulatorSettings.realistic(seed).withStaleness(STALENESS));
		this.app = this.world
			.instance((repository) -> repository.setSessionIdGenerator(() -> "seeded-session-id-" + ++this.ids));
		this.world.faults().sometimes(0.05, KvFault.lostAfterWrite(), KvCallKind.PUT, KvCallKind.DELETE);
		this.world.faults().sometimes(0.03, KvFault.status(503));
		this.world.faults().sometimes(0.03, KvFault.delayed(Duration.ofSeconds(3)));
	}

	void run() {
		for (int i = 0; i < OPERATIONS; i++) {
			step();
			this.world.pass(pause());
		}
		this.world.faults().clear();
		this.world.settle();
		this.world.settle();
		this.oracle.forEach((id, attributes) -> assertStored(id, attributes));
		assertThat(this.ended).allSatisfy((id) -> {
			assertThat(this.world.truth(id)).isNull();
			assertThat(this.app.find(id)).isNull();
		});
		assertThat(this.world.storedKeys().stream().filter((key) -> key.startsWith("session:")))
			.hasSize(this.oracle.size());
		this.world.calls(KvCallKind.PUT).forEach((call) -> assertThat(call.ttl(call.key())).isNotNull());
		this.world.assertWritesAreSpaced();
	}

	private Duration pause() {
		return switch (this.random.nextInt(4)) {
			case 0 -> Duration.ZERO;
			case 1 -> Duration.ofMillis(this.random.nextInt(1500));
			case 2 -> Duration.ofSeconds(this.random.nextInt(40));
			default -> Duration.ofMinutes(this.random.nextInt(30));
		};
	}

	private void step() {
		List<String> ids = List.copyOf(this.oracle.keySet());
		int dice = this.random.nextInt(20);
		if (ids.size() < 3 || dice == 0) {
			create();
			return;
		}
		String id = ids.get(this.random.nextInt(ids.size()));
		switch (dice) {
			case 1 -> delete(id);
			case 2 -> rename(id);
			case 3, 4 -> overlap(id);
			case 5, 6 -> findEnded();
			default -> change(id);
		}
	}

	private void create() {
		KvSession session = this.app.create();
		Map<String, Object> changes = randomChanges(session);
		this.oracle.put(session.getId(), new HashMap<>());
		while (!saved(session, changes)) {
			this.world.pass(Duration.ofSeconds(2));
		}
	}

	private void change(String id) {
		KvSession session = open(id);
		if (session != null) {
			saved(session, randomChanges(session));
		}
	}

	/**
	 * Two requests, the second of which begins and ends while the first is saved.
	 */
	private void overlap(String id) {
		KvSession first = open(id);
		KvSession second = open(id);
		if (first == null || second == null) {
			return;
		}
		Map<String, Object> firstChanges = Map.of("a", setRandom(first, "a"));
		Map<String, Object> secondChanges = Map.of("b", setRandom(second, "b"));
		this.world.time().schedule(() -> saved(second, secondChanges), Duration.ofMillis(this.random.nextInt(1200)));
		saved(first, firstChanges);
		this.world.pass(Duration.ofSeconds(5));
	}

	private void delete(String id) {
		this.oracle.remove(id);
		this.ended.add(id);
		try {
			this.app.delete(id);
		}
		catch (KvException ex) {
			assertThat(this.app.find(id)).isNull();
		}
	}

	private void rename(String id) {
		KvSession session = open(id);
		if (session == null) {
			return;
		}
		session.changeSessionId();
		try {
			this.app.save(session);
			this.oracle.put(session.getId(), this.oracle.remove(id));
			this.lastAccess.put(session.getId(), session.getLastAccessedTime());
			this.ended.add(id);
		}
		catch (KvException ex) {
			this.ended.add(session.getId());
		}
	}

	private void findEnded() {
		this.ended.forEach((id) -> assertThat(this.app.find(id)).isNull());
	}

	private KvSession open(String id) {
		try {
			KvSession session = this.app.find(id);
			assertThat(session).isNotNull();
			assertHolds(this.oracle.get(id), session);
			Instant latest = this.lastAccess.getOrDefault(id, Instant.EPOCH);
			if (latest.plus(REMEMBERED).isAfter(this.world.now())) {
				assertThat(session.getLastAccessedTime()).isAfterOrEqualTo(latest);
			}
			session.setLastAccessedTime(this.world.now());
			return session;
		}
		catch (KvException ex) {
			return null;
		}
	}

	private Map<String, Object> randomChanges(KvSession session) {
		Map<String, Object> changes = new HashMap<>();
		for (String name : NAMES) {
			int dice = this.random.nextInt(4);
			if (dice == 0) {
				changes.put(name, setRandom(session, name));
			}
			else if (dice == 1 && session.getAttribute(name) != null) {
				session.removeAttribute(name);
				changes.put(name, "removed");
			}
		}
		return changes;
	}

	private Object setRandom(KvSession session, String name) {
		Object value = "value " + ++this.values;
		session.setAttribute(name, value);
		return value;
	}

	/**
	 * Saves, and notes what may be stored afterwards.
	 */
	private boolean saved(KvSession session, Map<String, Object> changes) {
		Map<String, Set<Object>> attributes = this.oracle.get(session.getId());
		this.lastAccess.merge(session.getId(), session.getLastAccessedTime(), (a, b) -> a.isAfter(b) ? a : b);
		try {
			this.app.save(session);
			changes.forEach((name, value) -> attributes.put(name, new HashSet<>(Set.of(value))));
			return true;
		}
		catch (KvException ex) {
			changes.forEach((name, value) -> attributes.computeIfAbsent(name, (any) -> new HashSet<>(Set.of("removed")))
				.add(value));
			return false;
		}
	}

	private void assertHolds(Map<String, Set<Object>> expected, KvSession session) {
		for (String name : NAMES) {
			Object value = session.getAttribute(name);
			assertThat(expected.getOrDefault(name, Set.of("removed"))).contains((value != null) ? value : "removed");
		}
	}

	private void assertStored(String id, Map<String, Set<Object>> expected) {
		SessionRecord record = this.world.record(id);
		for (String name : NAMES) {
			Object value = record.attributes().containsKey(name)
					? World.CODEC.decodeAttribute(name, record.attributes().get(name)) : "removed";
			assertThat(expected.getOrDefault(name, Set.of("removed"))).contains(value);
		}
	}

}
