package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.util.Assert;

import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.Stamp;
import dev.kvsession.session.SessionDraft.IntervalSetting;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.record.AttributeChange;
import dev.kvsession.session.record.KnownAttribute;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionIndex;

/**
 * One request's view of a session: a shared, immutable snapshot and what this request
 * changes of it. Safe for concurrent use, since a request may run on several threads
 * (servlet specification, 7.7.1). What is set during a save is saved before that save
 * returns. No method is a remote call, except with flush mode {@code IMMEDIATE}, where
 * each change is saved at once.
 */
public final class KvSession implements Session {

	private final SessionEngine engine;

	private final SessionContext context;

	private final Consumer<KvSession> changed;

	private final Instant createdAt;

	private final AttributeDelta attributes;

	/** Held by the saving thread, also while it waits for KV. */
	private final ReentrantLock saving = new ReentrantLock();

	private volatile @Nullable LiveSession live;

	private volatile @Nullable Snapshot base;

	private volatile String id;

	private volatile long lastAccessedMillis;

	private volatile Duration knownInterval;

	private volatile @Nullable IntervalSetting interval;

	/** Whether KV may have an interval that it has not acknowledged. */
	private volatile boolean intervalSent;

	/** Makes a new session, unknown to KV. */
	KvSession(SessionEngine engine, Consumer<KvSession> changed) {
		this.engine = engine;
		this.context = engine.context;
		this.changed = changed;
		this.attributes = new AttributeDelta(this.context, null);
		this.id = engine.newId(null);
		this.createdAt = this.context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
		this.lastAccessedMillis = this.createdAt.toEpochMilli();
		this.knownInterval = Lifetimes.inSeconds(this.context.settings().timeout);
	}

	/** Opens a session that KV has. */
	KvSession(SessionEngine engine, Consumer<KvSession> changed, LiveSession live) {
		Snapshot snapshot = live.shown();
		this.engine = engine;
		this.context = engine.context;
		this.changed = changed;
		this.attributes = new AttributeDelta(this.context, snapshot);
		this.live = live;
		this.base = snapshot;
		this.id = live.id();
		this.createdAt = snapshot.record().createdAt();
		this.lastAccessedMillis = live.lastAccessedMillis();
		this.knownInterval = snapshot.record().maxInactiveInterval();
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public String changeSessionId() {
		changeId((next) -> true);
		this.changed.accept(this);
		return this.id;
	}

	/** Goes on under the id that another request has given the session. */
	synchronized void follow(LiveSession successor) {
		this.live = successor;
		this.id = successor.id();
	}

	void changeId(Predicate<String> accepted) {
		LiveSession found = this.live;
		String next = this.engine.newId((found != null) ? found.id() : null);
		if (accepted.test(next)) {
			this.id = next;
		}
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
		this.attributes.set(attributeName, attributeValue, this::known, this::stampDuringASave);
		this.changed.accept(this);
	}

	private @Nullable Stamp stampDuringASave() {
		return this.saving.isLocked() ? nextStamp(this.live) : null;
	}

	private Stamp nextStamp(@Nullable LiveSession found) {
		return (found != null) ? found.nextStamp(this.context.stamps()) : this.context.stamps().next(null);
	}

	private KnownAttribute known(String attributeName) {
		LiveSession found = this.live;
		if (this.saving.isLocked()) {
			return KnownAttribute.UNSETTLED;
		}
		return (found != null) ? this.engine.newest(found).attribute(attributeName) : KnownAttribute.NONE;
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
	 * Returns when the session was last used on this instance, or elsewhere as far as
	 * known: other instances learn of a use up to a touch interval later.
	 * @return the last access
	 */
	@Override
	public Instant getLastAccessedTime() {
		return Instant.ofEpochMilli(this.lastAccessedMillis);
	}

	/**
	 * Sets how long the session may be idle.
	 * @param interval the interval, rounded up to seconds; zero or negative means without
	 * limit. KV keeps a record for at least 60 seconds; this library enforces a shorter
	 * interval.
	 */
	@Override
	public void setMaxInactiveInterval(Duration interval) {
		Assert.notNull(interval, "'interval' must not be null");
		Duration seconds = Lifetimes.inSeconds(interval);
		synchronized (this) {
			this.interval = new IntervalSetting(seconds, isChange(seconds), stampDuringASave());
		}
		this.changed.accept(this);
	}

	private synchronized @Nullable IntervalSetting collectInterval() {
		IntervalSetting set = this.interval;
		this.intervalSent |= set != null && set.change();
		return set;
	}

	private boolean isChange(Duration seconds) {
		LiveSession found = this.live;
		IntervalSetting unsaved = this.interval;
		if (found == null || this.saving.isLocked() || this.intervalSent) {
			return !seconds.equals(getMaxInactiveInterval()) || (unsaved != null && unsaved.change());
		}
		return this.engine.newest(found).isOther(seconds);
	}

	@Override
	public Duration getMaxInactiveInterval() {
		IntervalSetting set = this.interval;
		return (set != null) ? set.interval() : this.knownInterval;
	}

	@Override
	public boolean isExpired() {
		Instant end = getExpiresAt();
		return end != null && !this.context.clock().instant().isBefore(end);
	}

	/**
	 * Returns the key of the session's record in KV, for tools. With hashed keys it does
	 * not tell the id.
	 * @return the key
	 */
	public String getRecordKey() {
		return this.context.settings().keys.record(this.id);
	}

	/**
	 * Returns the size of the session's record in KV as this instance last wrote or read
	 * it.
	 * @return bytes of JSON, or 0 if the session has not been saved
	 */
	public int getRecordSize() {
		Snapshot current = this.base;
		return (current != null) ? current.recordSize() : 0;
	}

	/**
	 * Returns when the session ends unless it is used again. It has a user, for the
	 * timeout of anonymous sessions, once the login is saved.
	 * @return the end, or {@code null} for never
	 */
	public @Nullable Instant getExpiresAt() {
		LiveSession known = this.live;
		boolean hasUser = known != null && Lifetimes.hasUser(known.shown().record());
		return this.context.lifetimes()
			.expiresAt(this.createdAt, getLastAccessedTime(), getMaxInactiveInterval(), hasUser);
	}

	/**
	 * How long after its last use the session ends; very long for one that never does.
	 */
	Duration lifetime() {
		Instant end = getExpiresAt();
		return (end != null) ? Duration.between(getLastAccessedTime(), end) : ChronoUnit.FOREVER.getDuration();
	}

	long lastAccessedMillis() {
		return this.lastAccessedMillis;
	}

	public @Nullable LiveSession live() {
		return this.live;
	}

	// Lets one thread at a time save this session; the others wait.
	Lock saving() {
		return this.saving;
	}

	/**
	 * Whether a save has something to compare: an object given out may have been changed
	 * in place.
	 */
	boolean mayBeChanged() {
		LiveSession found = this.live;
		IntervalSetting set = this.interval;
		return !this.attributes.state().isEmpty() || (set != null && set.change())
				|| (found != null && !found.id().equals(this.id));
	}

	/**
	 * Collects what is to be saved, encoded and stamped.
	 * @return the draft, or {@code null} if there is nothing but the access itself
	 */
	public @Nullable SessionDraft draft() {
		LiveSession found = this.live;
		String wanted = this.id;
		IntervalSetting set = collectInterval();
		AttributeDelta.State state = this.attributes.state();
		boolean changed = found == null || !found.id().equals(wanted) || (set != null && set.change());
		if (!changed && state.isEmpty()) {
			return null;
		}
		SessionChanges changes = SessionChanges.of(this.engine, found, state);
		if (!changed && changes.isEmpty()) {
			this.attributes.unchanged(state);
			return null;
		}
		Stamp at = nextStamp(found);
		Map<String, AttributeChange> encoded = changes.encoded(at);
		SessionChange change = new SessionChange(encoded, null, null, getLastAccessedTime(), changes.claims(),
				indexes(found, encoded, at));
		if (set != null && set.change()) {
			change = change.withInterval(set.interval(), (set.at() != null) ? set.at() : at);
		}
		this.attributes.sent(state, change.attributes().keySet());
		return new SessionDraft(wanted, found, change, this.createdAt, getMaxInactiveInterval(), state, set);
	}

	/* Of the newest state: another request may have logged in since this one began. */
	private @Nullable SessionIndexes indexes(@Nullable LiveSession found, Map<String, AttributeChange> changes,
			Stamp at) {
		SessionIndex index = this.context.settings().index;
		if (index == SessionIndex.NONE || (found != null && changes.isEmpty())) {
			return null;
		}
		LiveSession held = (found != null) ? this.engine.known(found.id()) : null;
		LiveSession newest = (held != null) ? held : found;
		return (newest != null) ? index.changed(view(newest, changes, true), view(newest, changes, false),
				newest.shown().record().indexes(), at) : index.changed(this, null, null, at);
	}

	private Session view(LiveSession newest, Map<String, AttributeChange> changes, boolean changed) {
		KvSession view = new KvSession(this.engine, (session) -> {
		}, newest);
		changes.forEach((name, change) -> view.setAttribute(name, changed ? change.value() : null));
		return view;
	}

	/**
	 * Takes over a draft that KV acknowledged or memory accepted. {@code saved} is {@code
	 * null} if the session had ended and the draft was dropped. Changes since the draft
	 * are still to be saved.
	 */
	synchronized void saved(@Nullable LiveSession saved, SessionDraft draft) {
		if (saved != null) {
			Snapshot state = saved.shown();
			this.live = saved;
			this.base = state;
			this.knownInterval = state.record().maxInactiveInterval();
		}
		this.attributes.saved(draft.attributes(), this.base, draft.change());
		this.intervalSent = false;
		if (this.interval == draft.intervalSetting()) {
			this.interval = null;
		}
	}

	@Override
	public String toString() {
		return "KvSession[" + SessionIdHash.of(this.id) + "]";
	}

}
