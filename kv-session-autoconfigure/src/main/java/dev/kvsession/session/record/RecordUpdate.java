package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.settings.SecurityContexts;

/**
 * Applies a change to the newest record known: of one attribute the newest stamp wins,
 * different attributes both survive, and what nobody touched stays byte for byte.
 */
public final class RecordUpdate {

	/**
	 * How long a record remembers a removal: longer than an update made before it can be
	 * on its way.
	 */
	private static final Duration REMOVALS_KEPT = Duration.ofMinutes(10);

	private final SessionRecord base;

	private final SessionChange change;

	private final Map<String, StoredAttribute> attributes;

	private final Map<String, Stamp> removed;

	private @Nullable Map<String, Object> claims;

	public RecordUpdate(SessionRecord base, SessionChange change) {
		this.base = base;
		this.change = change;
		this.attributes = new LinkedHashMap<>(base.attributes());
		this.removed = new LinkedHashMap<>(base.removed());
	}

	/** Makes the record to write, with a stamp above the base's. */
	public SessionRecord apply(Stamp rev, Lifetimes lifetimes) {
		this.change.attributes().forEach(this::apply);
		this.removed.values().removeIf((at) -> isForgotten(at, rev));
		Instant lastAccessedAt = this.change.lastAccessedAt().isAfter(this.base.lastAccessedAt())
				? this.change.lastAccessedAt() : this.base.lastAccessedAt();
		boolean newInterval = isCurrent(this.change.intervalAt(), this.base.maxInactiveIntervalAt());
		Duration interval = (newInterval && this.change.interval() != null) ? this.change.interval()
				: this.base.maxInactiveInterval();
		Map<String, Object> user = (this.claims != null) ? this.claims : this.base.claims();
		return new SessionRecord(rev, this.base.createdAt(), lastAccessedAt,
				lifetimes.expiresAt(this.base.createdAt(), lastAccessedAt, interval, !user.isEmpty()), interval,
				newInterval ? this.change.intervalAt() : this.base.maxInactiveIntervalAt(), user, this.attributes,
				this.removed, this.base.unknown(), SessionChange.newest(this.base.indexes(), this.change.indexes()));
	}

	/** Whether a record has forgotten a removal, since it was written long after. */
	static boolean isForgotten(Stamp removedAt, Stamp rev) {
		return removedAt.millis() < rev.millis() - REMOVALS_KEPT.toMillis();
	}

	private void apply(String name, AttributeChange attribute) {
		StoredAttribute known = this.attributes.get(name);
		if ((known != null && !isCurrent(attribute.at(), known.at()))
				|| !isCurrent(attribute.at(), this.removed.get(name))) {
			return;
		}
		if (name.equals(SecurityContexts.ATTRIBUTE)) {
			this.claims = this.change.claims();
		}
		if (attribute.stored() != null) {
			this.attributes.put(name, attribute.stored());
			this.removed.remove(name);
		}
		else {
			this.attributes.remove(name);
			this.removed.put(name, attribute.at());
		}
	}

	/*
	 * Equal stamps are of one writer, above a record from a clock ahead of it: the later
	 * change wins.
	 */
	private static boolean isCurrent(@Nullable Stamp at, @Nullable Stamp known) {
		return at != null && (known == null || at.compareTo(known) >= 0);
	}

}
