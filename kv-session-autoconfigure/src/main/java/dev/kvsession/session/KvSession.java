package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.util.Assert;

/**
 * One request's view of a session: a shared, immutable snapshot and what this request
 * changes of it. Confined to one request. No method is a remote call, except with flush
 * mode {@code IMMEDIATE}, where each change is saved at once.
 */
public final class KvSession implements Session {

	private final SessionContext context;

	private final Instant createdAt;

	private final AttributeDelta attributes;

	private @Nullable LiveSession live;

	private @Nullable Snapshot base;

	private String id;

	private long lastAccessedMillis;

	private Duration maxInactiveInterval;

	private boolean intervalChanged;

	/*
	 * A new session, unknown to KV.
	 */
	KvSession(SessionContext context, Instant now) {
		this.context = context;
		this.attributes = new AttributeDelta(context, null);
		this.id = context.newId();
		this.createdAt = now.truncatedTo(ChronoUnit.MILLIS);
		this.lastAccessedMillis = this.createdAt.toEpochMilli();
		this.maxInactiveInterval = Lifetimes.inSeconds(context.defaultInterval());
	}

	/*
	 * A session that KV has.
	 */
	KvSession(SessionContext context, LiveSession live) {
		Snapshot snapshot = live.shown();
		this.context = context;
		this.attributes = new AttributeDelta(context, snapshot);
		this.live = live;
		this.base = snapshot;
		this.id = live.id();
		this.createdAt = snapshot.record().createdAt();
		this.lastAccessedMillis = live.lastAccessedMillis();
		this.maxInactiveInterval = snapshot.record().maxInactiveInterval();
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public String changeSessionId() {
		this.id = this.context.newId();
		flush();
		return this.id;
	}

	/**
	 * Returns an attribute. With save mode {@code ON_SET_ATTRIBUTE} the value is shared
	 * by all requests of this instance, as in a servlet container; with the other modes
	 * it is this request's own copy, and what is changed in it is saved.
	 * @param <T> the expected type
	 * @param attributeName the name
	 * @return the value, or {@code null} if there is none or it cannot be read and the
	 * policy is to hide it
	 */
	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> @Nullable T getAttribute(String attributeName) {
		return (T) this.attributes.get(attributeName);
	}

	@Override
	public Set<String> getAttributeNames() {
		return new LinkedHashSet<>(this.attributes.names());
	}

	@Override
	public void setAttribute(String attributeName, @Nullable Object attributeValue) {
		Assert.notNull(attributeName, "'attributeName' must not be null");
		this.attributes.set(attributeName, attributeValue);
		flush();
	}

	@Override
	public void removeAttribute(String attributeName) {
		setAttribute(attributeName, null);
	}

	@Override
	public Instant getCreationTime() {
		return this.createdAt;
	}

	@Override
	public void setLastAccessedTime(Instant lastAccessedTime) {
		this.lastAccessedMillis = lastAccessedTime.toEpochMilli();
	}

	/**
	 * Returns when the session was last used, as far as this instance knows; other
	 * instances know it up to a touch interval later.
	 * @return the last access
	 */
	@Override
	public Instant getLastAccessedTime() {
		return Instant.ofEpochMilli(this.lastAccessedMillis);
	}

	/**
	 * Sets how long the session may be idle.
	 * @param interval the interval, rounded up to seconds; zero or negative means for
	 * ever. KV forgets a record no earlier than after 60 seconds; a shorter interval is
	 * enforced by this library.
	 */
	@Override
	public void setMaxInactiveInterval(Duration interval) {
		Assert.notNull(interval, "'interval' must not be null");
		Duration seconds = Lifetimes.inSeconds(interval);
		this.intervalChanged |= !seconds.equals(this.maxInactiveInterval);
		this.maxInactiveInterval = seconds;
		flush();
	}

	@Override
	public Duration getMaxInactiveInterval() {
		return this.maxInactiveInterval;
	}

	@Override
	public boolean isExpired() {
		Instant end = getExpiresAt();
		return end != null && !this.context.now().isBefore(end);
	}

	/**
	 * Returns the size of the session's record in KV as this instance last wrote or read
	 * it.
	 * @return bytes of JSON, or 0 if the session has not been saved
	 */
	public int getRecordSize() {
		return (this.base != null) ? this.base.recordSize() : 0;
	}

	/**
	 * Returns when the session ends unless it is used again.
	 * @return the end, or {@code null} for never
	 */
	public @Nullable Instant getExpiresAt() {
		return this.context.lifetimes().expiresAt(this.createdAt, getLastAccessedTime(), this.maxInactiveInterval);
	}

	long lastAccessedMillis() {
		return this.lastAccessedMillis;
	}

	private void flush() {
		this.context.flush(this);
	}

	boolean isNew() {
		return this.live == null;
	}

	@Nullable LiveSession live() {
		return this.live;
	}

	boolean isRenamed() {
		return this.live != null && !this.live.id().equals(this.id);
	}

	/**
	 * Collects what this request changed, encoded and stamped.
	 * @return the change, or {@code null} if there is none but the access itself
	 */
	@Nullable SessionChange changes() {
		return SessionChanges.collect(this.context, this, this.attributes, this.intervalChanged);
	}

	/**
	 * Called when the changes are in KV.
	 * @param saved what KV has now, or {@code null} if the session had ended and the
	 * changes were dropped
	 * @param change what was saved
	 */
	void saved(@Nullable LiveSession saved, SessionChange change) {
		if (saved != null) {
			this.live = saved;
			this.base = saved.shown();
		}
		this.attributes.rebase(this.base, change);
		this.intervalChanged = false;
	}

	@Override
	public String toString() {
		return "KvSession[" + SessionIdHash.of(this.id) + "]";
	}

}
