package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.Stamp;
import dev.kvsession.session.settings.SecurityContexts;

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
 * @param indexes the new indexes, or {@code null} if unchanged
 */
public record SessionChange(Map<String, AttributeChange> attributes, @Nullable Duration interval,
		@Nullable Stamp intervalAt, Instant lastAccessedAt, @Nullable Map<String, Object> claims,
		@Nullable SessionIndexes indexes) {

	public SessionChange(Map<String, AttributeChange> attributes, @Nullable Duration interval,
			@Nullable Stamp intervalAt, Instant lastAccessedAt, @Nullable Map<String, Object> claims) {
		this(attributes, interval, intervalAt, lastAccessedAt, claims, null);
	}

	public static SessionChange touch(Instant lastAccessedAt) {
		return new SessionChange(Map.of(), null, null, lastAccessedAt, null);
	}

	public boolean isTouch() {
		return this.attributes.isEmpty() && this.intervalAt == null;
	}

	public SessionChange withInterval(Duration newInterval, Stamp at) {
		return new SessionChange(this.attributes, newInterval, at, this.lastAccessedAt, this.claims, this.indexes);
	}

	/** Coalesces two changes; of one attribute, and of the interval, the newest wins. */
	public SessionChange and(SessionChange other) {
		Map<String, AttributeChange> joined = new LinkedHashMap<>(this.attributes);
		other.attributes.forEach((name, change) -> joined.merge(name, change, SessionChange::newest));
		SessionChange interval = hasNewerInterval(other) ? other : this;
		AttributeChange context = joined.get(SecurityContexts.ATTRIBUTE);
		boolean otherContext = context != null && context == other.attributes.get(SecurityContexts.ATTRIBUTE);
		return new SessionChange(joined, interval.interval, interval.intervalAt,
				other.lastAccessedAt.isAfter(this.lastAccessedAt) ? other.lastAccessedAt : this.lastAccessedAt,
				otherContext ? other.claims : this.claims, newest(this.indexes, other.indexes));
	}

	/** Of two concurrent changes of a session's indexes the later one wins. */
	static @Nullable SessionIndexes newest(@Nullable SessionIndexes a, @Nullable SessionIndexes b) {
		if (a == null || b == null) {
			return (a != null) ? a : b;
		}
		return (a.at().compareTo(b.at()) > 0) ? a : b;
	}

	private boolean hasNewerInterval(SessionChange other) {
		return other.intervalAt != null
				&& (this.intervalAt == null || other.intervalAt.compareTo(this.intervalAt) >= 0);
	}

	/**
	 * The newest of all stamps. The record must exceed it, or a later change elsewhere
	 * could get an older stamp than this one.
	 */
	public Stamp newest(Stamp rev) {
		return Stream.concat(Stream.of(rev), this.attributes.values().stream().map(AttributeChange::at))
			.max(Comparator.naturalOrder())
			.orElse(rev);
	}

	private static AttributeChange newest(AttributeChange a, AttributeChange b) {
		return (a.at().compareTo(b.at()) > 0) ? a : b;
	}

	@Override
	public String toString() {
		return "SessionChange[" + this.attributes.size() + " attributes]";
	}

}
