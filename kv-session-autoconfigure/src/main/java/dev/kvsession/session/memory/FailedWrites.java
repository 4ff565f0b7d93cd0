package dev.kvsession.session.memory;

import java.util.HashSet;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.SessionChange;

/**
 * The changes of writes with unknown outcome. Readers of KV may see such a write two
 * minutes later, so a value equal to the known one may still be a change. Safe for
 * concurrent use.
 */
public final class FailedWrites {

	/** Some megabytes. */
	private static final int MAX_SESSIONS = 10_000;

	private final Cache<String, Failed> failed;

	FailedWrites(EngineCaches caches) {
		this.failed = caches.ofIds(Lifetimes.LONGEST_READER_LAG, MAX_SESSIONS);
	}

	public void add(String id, SessionChange change) {
		this.failed.asMap()
			.merge(id, new Failed(Set.copyOf(change.attributes().keySet()), change.interval() != null), Failed::and);
	}

	public void remove(String id) {
		this.failed.invalidate(id);
	}

	/** Returns what KV may have of a session, or {@code null} for nothing. */
	public @Nullable Failed of(String id) {
		return this.failed.getIfPresent(id);
	}

	/** What the writes were to change. */
	public record Failed(Set<String> attributes, boolean interval) {

		private Failed and(Failed other) {
			Set<String> all = new HashSet<>(this.attributes);
			all.addAll(other.attributes);
			return new Failed(all, this.interval || other.interval);
		}

		@Override
		public String toString() {
			return "Failed[" + this.attributes.size() + " attributes]";
		}

	}

}
