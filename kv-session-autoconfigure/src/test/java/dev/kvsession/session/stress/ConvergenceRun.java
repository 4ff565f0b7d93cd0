package dev.kvsession.session.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvStaleness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One seed's instances, whose clocks differ by seconds, as they change the same sessions
 * over a stale KV. What was acknowledged, and with which stamps, is noted.
 */
final class ConvergenceRun {

	private static final int OPERATIONS = 40;

	private static final String[] NAMES = { "a", "b", "c" };

	private final Map<String, Map<String, Acknowledged>> expected = new HashMap<>();

	private final List<Instance> instances = new ArrayList<>();

	private final List<String> ended = new ArrayList<>();

	private final SplittableRandom random;

	private final World world;

	private int values;

	ConvergenceRun(long seed, KvStaleness staleness) {
		this.random = new SplittableRandom(seed);
		this.world = new World(KvEmulatorSettings.realistic(seed).withStaleness(staleness));
		for (int i = 0; i < 3; i++) {
			this.instances.add(this.world.instance(Duration.ofMillis(this.random.nextInt(10_000) - 5_000),
					(repository) -> repository
						.setSessionIdGenerator(() -> "seeded-session-id-" + this.random.nextLong(1L << 40, 1L << 41))));
		}
	}

	/**
	 * Runs, and lets the given time pass after the last change.
	 */
	void run(Duration afterwards) {
		for (int i = 0; i < 3; i++) {
			create();
		}
		this.world.settle();
		for (int i = 0; i < OPERATIONS; i++) {
			step();
			this.world.pass(pause());
		}
		this.world.pass(afterwards);
		this.expected.forEach(this::assertStored);
		assertThat(this.ended).allSatisfy((id) -> assertThat(this.world.truth(id)).isNull());
		this.world.assertWritesAreSpaced();
	}

	/**
	 * How often something was mended or ended by a second look.
	 */
	long counted(KvSessionEvent event) {
		return this.instances.stream()
			.mapToLong((instance) -> instance.repository().getStatistics().count(event))
			.sum();
	}

	private Duration pause() {
		return switch (this.random.nextInt(4)) {
			case 0 -> Duration.ZERO;
			case 1 -> Duration.ofMillis(this.random.nextInt(3000));
			case 2 -> Duration.ofSeconds(this.random.nextInt(20));
			default -> Duration.ofSeconds(this.random.nextInt(90));
		};
	}

	private Instance anyInstance() {
		return this.instances.get(this.random.nextInt(this.instances.size()));
	}

	private void create() {
		Instance instance = anyInstance();
		KvSession session = instance.create();
		this.expected.put(session.getId(), new HashMap<>());
		session.setAttribute("a", "value " + ++this.values);
		instance.save(session);
		acknowledged(session);
	}

	private void step() {
		List<String> ids = this.expected.keySet().stream().sorted().toList();
		String id = ids.get(this.random.nextInt(ids.size()));
		Instance instance = anyInstance();
		if (this.random.nextInt(30) == 0 && ids.size() > 1) {
			this.expected.remove(id);
			this.ended.add(id);
			instance.delete(id);
			return;
		}
		if (!this.ended.isEmpty() && this.random.nextInt(6) == 0) {
			thief();
		}
		KvSession session = instance.find(id);
		if (session != null) {
			change(instance, session);
			acknowledged(session);
		}
	}

	/** Somebody who goes on with a cookie whose session has ended. */
	private void thief() {
		Instance instance = anyInstance();
		KvSession session = instance.find(this.ended.get(this.random.nextInt(this.ended.size())));
		if (session != null) {
			change(instance, session);
		}
	}

	private void change(Instance instance, KvSession session) {
		session.setLastAccessedTime(instance.runtime().clock().instant());
		String name = NAMES[this.random.nextInt(NAMES.length)];
		if (this.random.nextInt(4) == 0) {
			session.removeAttribute(name);
		}
		else {
			session.setAttribute(name, "value " + ++this.values);
		}
		instance.save(session);
	}

	/** Of each attribute the newest stamp that a save has returned counts. */
	private void acknowledged(KvSession session) {
		SessionRecord record = session.live().shown().record();
		Map<String, Acknowledged> attributes = this.expected.get(session.getId());
		record.attributes()
			.forEach((name, stored) -> attributes.merge(name, new Acknowledged(stored.at(), stored.raw()),
					ConvergenceRun::newest));
		record.removed()
			.forEach((name, at) -> attributes.merge(name, new Acknowledged(at, null), ConvergenceRun::newest));
	}

	private static Acknowledged newest(Acknowledged a, Acknowledged b) {
		return (a.at().compareTo(b.at()) >= 0) ? a : b;
	}

	private void assertStored(String id, Map<String, Acknowledged> attributes) {
		SessionRecord record = this.world.record(id);
		attributes.forEach((name, last) -> {
			StoredAttribute stored = record.attributes().get(name);
			assertThat((stored != null) ? stored.raw() : null).isEqualTo(last.raw());
		});
	}

	/**
	 * @param raw the value, or {@code null} if it was removed
	 */
	private record Acknowledged(Stamp at, String raw) {
	}

}
