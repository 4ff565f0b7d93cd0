package dev.kvsession.test;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads times to live for the log, however wrong they are.
 */
final class Ttls {

	private Ttls() {
	}

	static Map<String, Long> sent(String key, @Nullable String ttl) {
		try {
			return (ttl != null) ? Map.of(key, Long.valueOf(ttl)) : Map.of();
		}
		catch (NumberFormatException ex) {
			return Map.of();
		}
	}

}
