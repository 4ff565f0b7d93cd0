package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;

/**
 * What one or several requests did to a session. Immutable; knows nothing of the state it
 * will be applied to.
 *
 * @param attributes attributes set and removed
 * @param interval the new max inactive interval, or {@code null} if unchanged
 * @param intervalAt when it was changed, {@code null} if and only if unchanged
 * @param lastAccessedAt the last access
 * @param claims the claims of a security context set by this change, empty if it was
 * removed, {@code null} if it was not touched
 */
record SessionChange(Map<String, AttributeChange> attributes, @Nullable Duration interval, @Nullable Stamp intervalAt,
		Instant lastAccessedAt, @Nullable Map<String, Object> claims) {

	/**
	 * The change that only says when the session was last used.
	 * @param lastAccessedAt when
	 * @return the change
	 */
	static SessionChange touch(Instant lastAccessedAt) {
		return new SessionChange(Map.of(), null, null, lastAccessedAt, null);
	}

	/**
	 * Joins two changes of which neither has been written.
	 * @param later the change made later
	 * @return both; of one attribute the newest
	 */
	SessionChange and(SessionChange later) {
		Map<String, AttributeChange> joined = new LinkedHashMap<>(this.attributes);
		later.attributes.forEach((name, change) -> joined.merge(name, change, SessionChange::newest));
		boolean laterInterval = later.intervalAt != null;
		return new SessionChange(joined, laterInterval ? later.interval : this.interval,
				laterInterval ? later.intervalAt : this.intervalAt,
				later.lastAccessedAt.isAfter(this.lastAccessedAt) ? later.lastAccessedAt : this.lastAccessedAt,
				(later.claims != null) ? later.claims : this.claims);
	}

	private static AttributeChange newest(AttributeChange a, AttributeChange b) {
		return (a.at().compareTo(b.at()) > 0) ? a : b;
	}

	@Override
	public String toString() {
		return "SessionChange[" + this.attributes.size() + " attributes]";
	}

}
