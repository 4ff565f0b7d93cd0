package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The changes of ids made here lately. An end of the old id, found here or elsewhere,
 * ends the session under its new id. Safe for concurrent use.
 */
public final class Successors {

	/**
	 * Longer than an instance that knows only the old id may go on with it: the near
	 * cache's greatest staleness by default, KV's lag, and the looks after a write.
	 */
	private static final Duration KEPT = Duration.ofMinutes(10);

	/** More changes of ids in ten minutes than the REST API's budget allows. */
	private static final int MAX_IDS = 100_000;

	/** Of one session. Each costs a key in each look at it, of the 100 in a bulk read. */
	private static final int MAX_PREDECESSORS = 20;

	private final Cache<String, String> successors;

	private final Cache<String, List<String>> predecessors;

	Successors(EngineCaches caches) {
		this.successors = caches.ofIds(KEPT, MAX_IDS);
		this.predecessors = caches.ofIds(KEPT, MAX_IDS);
	}

	public void add(String before, String after) {
		List<String> all = new ArrayList<>(List.of(before));
		all.addAll(predecessors(before));
		this.predecessors.put(after, List.copyOf(all.subList(0, Math.min(all.size(), MAX_PREDECESSORS))));
		this.successors.put(before, after);
	}

	/**
	 * Returns the ids that a session had before, the latest first, as far as known; a few
	 * at most.
	 */
	public List<String> predecessors(String id) {
		List<String> known = this.predecessors.getIfPresent(id);
		return (known != null) ? known : List.of();
	}

	/**
	 * Remembers the predecessors for longer, because KV could not be asked for them yet.
	 */
	public void keep(String id) {
		this.predecessors.asMap().computeIfPresent(id, (key, before) -> before);
	}

	/** Returns the id that a session was given lately, or {@code null}. */
	public @Nullable String of(String id) {
		return this.successors.getIfPresent(id);
	}

}
