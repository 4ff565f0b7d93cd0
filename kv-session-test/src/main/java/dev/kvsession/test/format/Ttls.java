package dev.kvsession.test.format;

import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/** Reads times to live for the log, also invalid ones. */
public final class Ttls {

	private Ttls() {
	}

	public static Map<String, Long> sent(String key, @Nullable String ttl) {
		OptionalLong seconds = (ttl != null) ? Digits.signed(ttl) : OptionalLong.empty();
		return seconds.isPresent() ? Map.of(key, seconds.getAsLong()) : Map.of();
	}

}
