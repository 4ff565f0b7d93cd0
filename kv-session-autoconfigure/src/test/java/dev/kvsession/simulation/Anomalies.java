package dev.kvsession.simulation;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what happened. Confined to one thread.
 */
final class Anomalies {

	private final Map<String, Long> counts = new TreeMap<>();

	Anomalies() {
		for (Anomaly anomaly : Anomaly.values()) {
			this.counts.put(anomaly.name(), 0L);
		}
	}

	void add(Anomaly anomaly) {
		add(anomaly.name(), 1);
	}

	void add(String name, long amount) {
		this.counts.merge(name, amount, Long::sum);
	}

	void add(Anomalies others) {
		others.counts.forEach(this::add);
	}

	Map<String, Long> counts() {
		return this.counts;
	}

}
