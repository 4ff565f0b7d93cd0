package dev.kvsession.benchmarks.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvBudget;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.test.KvEmulatorCore;
import dev.kvsession.test.VirtualKv;
import dev.kvsession.test.VirtualTime;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvRateLimit;

/**
 * Some time of an application that people use.
 *
 * @param name what it is called
 * @param instances how many instances share the token's budget
 * @param latency how long KV takes
 * @param maxWeight {@code near-cache.max-weight}
 * @param users how many use it at once
 * @param duration how long, {@link #WARM_UP} included
 * @param indexed whether the sessions are indexed by their user
 */
record PeopleScenario(String name, int instances, LogNormal latency, DataSize maxWeight, int users, Duration duration,
		boolean indexed) {

	/**
	 * The time within which the first users come to cold instances, and until the burst
	 * of calls that are saved up is used; not measured.
	 */
	static final Duration WARM_UP = Duration.ofMinutes(8);

	PeopleScenario(String name, int instances, LogNormal latency, DataSize maxWeight, int users, Duration duration) {
		this(name, instances, latency, maxWeight, users, duration, false);
	}

	PeopleResult run() throws Exception {
		VirtualTime timeline = new VirtualTime();
		VirtualKv kv = new VirtualKv(KvEmulatorSettings.strong()
			.withRateLimit(KvRateLimit.cloudflare().counting(KvRateLimit.Counting.SLIDING))
			.withKeyWriteInterval(KvEmulatorSettings.CLOUDFLARE_KEY_WRITE_INTERVAL), timeline);
		People people = new People(this, timeline, kv.contents());
		Turns turns = new Turns(timeline, people);
		people.start(instances(kv, turns), turns);
		turns.run();
		return people.result(kv.log().calls());
	}

	private List<KvSessionRepository> instances(VirtualKv kv, Turns turns) {
		KvBudget whole = KvBudget.CLOUDFLARE;
		KvBudget share = new KvBudget(whole.calls() / this.instances, whole.period());
		Random random = new Random(this.instances);
		Supplier<Duration> distance = () -> this.latency.next(random);
		List<KvSessionRepository> instances = new ArrayList<>();
		for (int i = 1; i <= this.instances; i++) {
			KvSessionRepository repository = VirtualInstance.start("i" + i, kv, turns, share, distance, this.indexed);
			repository.setNearCache(NearCacheSettings.DEFAULT.withMaxWeight(this.maxWeight));
			repository.setHandoffKey(HandoffKey.of(KvEmulatorCore.API_TOKEN, KvEmulatorCore.NAMESPACE_ID));
			instances.add(repository);
		}
		return instances;
	}

}
