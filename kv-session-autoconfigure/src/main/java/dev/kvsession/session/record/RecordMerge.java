package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.codec.StoredAttribute;
import dev.kvsession.session.settings.SecurityContexts;

/**
 * Merges two records of one session that were written without knowledge of each other. Of
 * one attribute the newest change or removal wins; different attributes both survive. The
 * order in which records are merged does not matter, nor how often.
 */
public final class RecordMerge {

	private final SessionRecord older;

	private final SessionRecord newer;

	private final Map<String, StoredAttribute> attributes;

	private final Map<String, Stamp> removed;

	RecordMerge(SessionRecord one, SessionRecord other) {
		boolean ordered = one.rev().compareTo(other.rev()) <= 0;
		this.older = ordered ? one : other;
		this.newer = ordered ? other : one;
		this.attributes = new LinkedHashMap<>(this.newer.attributes());
		this.removed = new LinkedHashMap<>(this.newer.removed());
	}

	/**
	 * Returns the merge with the higher of both stamps: it has not been written yet, and
	 * its writer stamps it.
	 */
	SessionRecord merged(Lifetimes lifetimes) {
		this.older.attributes().forEach(this::set);
		this.older.removed().forEach(this::remove);
		SessionRecord interval = isAfter(this.older.maxInactiveIntervalAt(), this.newer.maxInactiveIntervalAt())
				? this.older : this.newer;
		SessionRecord login = isAfter(stamp(this.older, SecurityContexts.ATTRIBUTE),
				stamp(this.newer, SecurityContexts.ATTRIBUTE)) ? this.older : this.newer;
		Instant createdAt = this.older.createdAt().isBefore(this.newer.createdAt()) ? this.older.createdAt()
				: this.newer.createdAt();
		Instant accessedAt = this.older.lastAccessedAt().isAfter(this.newer.lastAccessedAt())
				? this.older.lastAccessedAt() : this.newer.lastAccessedAt();
		Duration idle = interval.maxInactiveInterval();
		return new SessionRecord(this.newer.rev(), createdAt, accessedAt,
				lifetimes.expiresAt(createdAt, accessedAt, idle, Lifetimes.hasUser(login)), idle,
				interval.maxInactiveIntervalAt(), login.claims(), this.attributes, this.removed, this.newer.unknown(),
				SessionChange.newest(this.older.indexes(), this.newer.indexes()));
	}

	private void set(String name, StoredAttribute attribute) {
		if (isAfter(this.removed.get(name), attribute.at()) || attribute.at().equals(this.removed.get(name))) {
			return;
		}
		this.removed.remove(name);
		this.attributes.merge(name, attribute, RecordMerge::newest);
	}

	private void remove(String name, Stamp at) {
		StoredAttribute attribute = this.attributes.get(name);
		if (attribute != null && isAfter(attribute.at(), at)) {
			return;
		}
		this.attributes.remove(name);
		this.removed.merge(name, at, (a, b) -> isAfter(a, b) ? a : b);
	}

	/*
	 * Equal stamps of different values come only from a broken writer. Any may win, but
	 * all instances must agree.
	 */
	private static StoredAttribute newest(StoredAttribute a, StoredAttribute b) {
		int order = a.at().compareTo(b.at());
		if (order == 0) {
			order = (a.format() + a.raw()).compareTo(b.format() + b.raw());
		}
		return (order >= 0) ? a : b;
	}

	/**
	 * Whether a record lacks a newer change or removal of the other one. A removal counts
	 * also if the attribute is not there, because a third record may have it, but not if
	 * the record has forgotten it for its age. The last access does not count.
	 */
	public static boolean lacks(SessionRecord record, SessionRecord other) {
		return isAfter(other.maxInactiveIntervalAt(), record.maxInactiveIntervalAt())
				|| isAfter(indexesAt(other), indexesAt(record))
				|| other.attributes()
					.entrySet()
					.stream()
					.anyMatch((entry) -> isAfter(entry.getValue().at(), stamp(record, entry.getKey())))
				|| other.removed()
					.entrySet()
					.stream()
					.anyMatch((entry) -> isAfter(entry.getValue(), stamp(record, entry.getKey()))
							&& !(stamp(record, entry.getKey()) == null
									&& RecordUpdate.isForgotten(entry.getValue(), record.rev())));
	}

	private static @Nullable Stamp stamp(SessionRecord record, String name) {
		StoredAttribute attribute = record.attributes().get(name);
		return (attribute != null) ? attribute.at() : record.removed().get(name);
	}

	private static @Nullable Stamp indexesAt(SessionRecord record) {
		return (record.indexes() != null) ? record.indexes().at() : null;
	}

	private static boolean isAfter(@Nullable Stamp stamp, @Nullable Stamp other) {
		return stamp != null && (other == null || stamp.compareTo(other) > 0);
	}

	/** Whether two records say the same, except their stamps and the last access. */
	public static boolean isSame(SessionRecord a, SessionRecord b) {
		return a.attributes().equals(b.attributes()) && a.removed().equals(b.removed())
				&& a.maxInactiveInterval().equals(b.maxInactiveInterval()) && a.claims().equals(b.claims())
				&& Objects.equals(a.indexes(), b.indexes());
	}

	public static SessionRecord stamped(SessionRecord record, Stamp rev) {
		return new SessionRecord(rev, record.createdAt(), record.lastAccessedAt(), record.expiresAt(),
				record.maxInactiveInterval(), record.maxInactiveIntervalAt(), record.claims(), record.attributes(),
				record.removed(), record.unknown(), record.indexes());
	}

}
