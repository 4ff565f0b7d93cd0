package dev.kvsession.test.store;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

import dev.kvsession.test.kv.KvStaleness;

/** Chooses the location that serves a call. Confined to the core's lock. */
public final class Locations {

	private final RandomGenerator random;

	private final Map<String, Integer> clients = new HashMap<>();

	public Locations(RandomGenerator random) {
		this.random = random;
	}

	public int choose(String client, KvStaleness staleness) {
		int drawn = this.random.nextInt(staleness.locations());
		int known = this.clients.computeIfAbsent(client, (name) -> this.clients.size());
		return (staleness.choice() == KvStaleness.Choice.ANY) ? drawn : known % staleness.locations();
	}

}
