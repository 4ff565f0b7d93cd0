package dev.kvsession.session.memory;

import java.util.HashSet;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.SessionChange;

/**
 * Remembers what writes that failed were to change. Such a write may have reached KV,
 * whose readers show it up to two minutes later, so nobody can say that a value equal to
 * the known one changes nothing. Safe for concurrent use.
 */
public final class FailedWrites {

	/** Some megabytes. Of more, the oldest are forgotten. */
	private static final int MAX_SESSIONS = 10_000;

	private final Cache<String, Failed> failed;

	FailedWrites(EngineCaches caches) {
		this.failed = caches.ofIds(Lifetimes.LONGEST_READER_LAG, MAX_SESSIONS);
	}

	/**
	 * Notes a write that failed.
	 * @param id the session's id
	 * @param change what it was to change
	 */
	public void add(String id, SessionChange change) {
		this.failed.asMap()
			.merge(id, new Failed(Set.copyOf(change.attributes().keySet()), change.interval() != null), Failed::and);
	}

	/**
	 * Notes that KV has acknowledged a later write.
	 * @param id the session's id
	 */
	public void remove(String id) {
		this.failed.invalidate(id);
	}

	/**
	 * Returns what KV may have of a session.
	 * @param id the session's id
	 * @return what was to be changed, or {@code null} for nothing
	 */
	public @Nullable Failed of(String id) {
		return this.failed.getIfPresent(id);
	}

	/**
	 * What was to be changed.
	 *
	 * @param attributes the attributes' names
	 * @param interval whether the interval, too
	 */
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
