package dev.kvsession.test.store;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvEntry;

/**
 * One write of a key.
 *
 * @param entry what was written, or {@code null} for a delete
 * @param visibleAt from when each location can see it
 */
record Version(@Nullable KvEntry entry, List<Instant> visibleAt) {

	boolean isVisible(int location, Instant now) {
		return !this.visibleAt.get(location % this.visibleAt.size()).isAfter(now);
	}

	boolean isVisibleEverywhere(Instant now) {
		return this.visibleAt.stream().noneMatch((instant) -> instant.isAfter(now));
	}

	@Nullable KvEntry liveAt(Instant now) {
		return (this.entry != null && !this.entry.isExpiredAt(now)) ? this.entry : null;
	}

}
