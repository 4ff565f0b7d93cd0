package dev.kvsession.benchmarks.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.kvsession.benchmarks.store.KvStore;
import dev.kvsession.benchmarks.store.Store;
import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvStaleness;

/**
 * KV as it is, emulated: stale, one write a second to a key, 1,200 calls in five minutes.
 * The instances share these and accept changes before KV has them
 * ({@code write-mode=coalesce}).
 */
final class EmulatedLeg implements Leg {

	private static final int BUDGET = 1_200;

	private static final int STRANGERS = 200;

	private static final int BOTS = 50;

	/**
	 * The longest delay for which docs/consistency.md promises that changes converge,
	 * less the cache.
	 */
	private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

	/**
	 * Longer than anybody waits ({@code cloudflare.kv.read-timeout}).
	 */
	private static final Duration NEVER = Duration.ofSeconds(30);

	private static final Duration BLOCK = Duration.ofSeconds(20);

	private final KvEmulator kv;

	private final int instances;

	EmulatedLeg(int instances) {
		KvStaleness usual = KvStaleness.cloudflare();
		KvStaleness staleness = new KvStaleness(usual.locations(), usual.choice(), usual.cacheTtl(), usual.meanDelay(),
				LONGEST_DELAY, usual.longDelays(), usual.ownMisses());
		this.kv = KvEmulator.start(KvEmulatorSettings.realistic(System.nanoTime()).withStaleness(staleness));
		this.instances = instances;
	}

	@Override
	public String title() {
		return "KV as it is, emulated (stale, 1,200 calls in five minutes for all), `write-mode=coalesce`";
	}

	@Override
	public Map<String, Object> properties(String instance) {
		Map<String, Object> properties = this.kv.properties();
		properties.put("cloudflare.kv.base-url", this.kv.baseUrl(instance));
		properties.put("cloudflare.kv.budget.calls", BUDGET / this.instances);
		properties.put("cloudflare.kv.budget.period", "5m");
		return properties;
	}

	@Override
	public List<Phase> phases(Ground ground) {
		return List.of(new Phase("nothing", () -> null),
				new Phase("one call in five fails, one in twenty loses its answer", () -> {
					this.kv.faults().sometimes(0.05, KvFault.lostAfterWrite());
					return fault(0.2, KvFault.status(503));
				}), new Phase("KV accepts calls and never answers", () -> fault(1, KvFault.delayed(NEVER))),
				new Phase("an instance is killed", () -> ground.replace(0)),
				new Phase("KV answers after four seconds", () -> fault(1, KvFault.delayed(Duration.ofSeconds(4)))),
				new Phase("a proxy answers with pages", () -> fault(1, KvFault.html(502))),
				new Phase("a proxy answers 404 without a word", () -> fault(1, KvFault.status(404))),
				new Phase(STRANGERS + " strangers guess ids", () -> Flood.ofGuesses(ground, STRANGERS)),
				new Phase(BOTS + " bots make sessions", () -> Flood.ofNewSessions(ground, BOTS)),
				new Phase("KV blocks the token", () -> fault(1, KvFault.throttled(BLOCK))));
	}

	private AutoCloseable fault(double probability, KvFault fault) {
		this.kv.faults().sometimes(probability, fault);
		return this.kv.faults()::clear;
	}

	@Override
	public double share() {
		return 0.6;
	}

	@Override
	public double closing() {
		return 0.55;
	}

	@Override
	public Duration excused() {
		return Duration.ofMinutes(2);
	}

	@Override
	public Store open() {
		this.kv.reconfigure(KvEmulatorSettings.strong());
		return KvStore.open(this.kv.properties());
	}

	@Override
	public void close() {
		this.kv.close();
	}

}
