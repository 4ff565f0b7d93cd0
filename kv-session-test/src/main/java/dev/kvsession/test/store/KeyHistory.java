package dev.kvsession.test.store;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvEntry;

/**
 * The writes of one key that a location may still need. Of the visible writes the last
 * one wins, in whatever order they arrived.
 */
final class KeyHistory {

	private final Deque<Version> newestFirst = new ArrayDeque<>();

	void add(Version version, Instant now) {
		forgetSuperseded(now);
		this.newestFirst.addFirst(version);
	}

	@Nullable KvEntry truth(Instant now) {
		Version newest = this.newestFirst.peekFirst();
		return (newest != null) ? newest.liveAt(now) : null;
	}

	@Nullable KvEntry seenFrom(int location, Instant now) {
		for (Version version : this.newestFirst) {
			if (version.isVisible(location, now)) {
				return version.liveAt(now);
			}
		}
		return null;
	}

	/** Whether no location can see anything of the key any more. */
	boolean isGone(Instant now) {
		Version newest = this.newestFirst.peekFirst();
		return newest == null || (newest.isVisibleEverywhere(now) && newest.liveAt(now) == null);
	}

	private void forgetSuperseded(Instant now) {
		Iterator<Version> versions = this.newestFirst.iterator();
		boolean superseded = false;
		while (versions.hasNext()) {
			Version version = versions.next();
			if (superseded) {
				versions.remove();
			}
			superseded = superseded || version.isVisibleEverywhere(now);
		}
	}

}
