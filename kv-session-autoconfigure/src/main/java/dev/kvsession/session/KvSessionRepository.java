package dev.kvsession.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvLimits;
import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.protection.SessionProtection;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.session.settings.SessionClaims;
import dev.kvsession.session.settings.SessionExpiration;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.UnreadablePolicy;
import dev.kvsession.session.settings.WriteMode;

/**
 * Stores sessions in Cloudflare Workers KV. Safe for concurrent use once it is set up.
 * Setters are for the thread that sets it up, and fail after the first use.
 * <p>
 * A session in use is read again in the background when its near-cache entry has aged,
 * together with other sessions. It is written when it has changed or its touch interval
 * has passed. Methods block the caller for the KV calls they need; after bounded retries
 * a failure of KV reaches the caller as a {@link dev.kvsession.client.KvException}.
 * Publishes {@code SessionCreatedEvent}, {@code SessionDeletedEvent} and
 * {@code SessionExpiredEvent} where it happens. Of sessions in memory it also notices an
 * expiry, a minute or two later, and an end elsewhere when KV shows it; such events may
 * come on a thread that calls KV, so listeners must be quick.
 */
public sealed class KvSessionRepository implements SessionRepository<KvSession> permits KvIndexedSessionRepository {

	final SessionSettings settings;

	private final KvEngine kv;

	private final SessionRuntime runtime;

	private volatile @Nullable SessionOperations operations;

	/**
	 * Creates a repository with default settings.
	 * @param kv reads and writes KV
	 * @param scheduler runs delayed tasks
	 * @param codec encodes and decodes sessions
	 */
	public KvSessionRepository(KvEngine kv, KvScheduler scheduler, SessionCodec codec) {
		this(kv, SessionRuntime.of(scheduler), codec);
	}

	public KvSessionRepository(KvEngine kv, SessionRuntime runtime, SessionCodec codec) {
		this.settings = new SessionSettings(codec);
		this.kv = kv;
		this.runtime = runtime;
	}

	@Override
	public KvSession createSession() {
		return operations().create();
	}

	/**
	 * Saves a session. Sends nothing if nothing changed. If only the last access changed
	 * and its touch interval has passed, it is written in the background. Changes of a
	 * session that has ended meanwhile are dropped silently, as in Spring Session's JDBC
	 * repository. With {@link WriteMode#COALESCE} further changes within a second, and
	 * all changes while KV cannot be written, are pending in bounded memory and written
	 * later.
	 * @param session the session
	 * @throws dev.kvsession.client.KvException if KV did not acknowledge the write and it
	 * cannot be deferred
	 * @throws dev.kvsession.codec.AttributeEncodingException if an attribute cannot be
	 * stored so that it comes back; nothing is sent
	 */
	@Override
	public void save(KvSession session) {
		operations().save(session);
	}

	/**
	 * Finds a session. A malformed id, or one that has ended on this instance, costs no
	 * call. A change or end on another instance is noticed with the delay of the near
	 * cache and of KV.
	 * @param id the id
	 * @return the session, or {@code null} if there is none or it has expired
	 * @throws dev.kvsession.client.KvException if KV could not be read and the policy is
	 * {@link ReadFailurePolicy#FAIL}
	 */
	@Override
	public @Nullable KvSession findById(String id) {
		return operations().find(id);
	}

	/**
	 * Ends a session: on this instance at once, and in KV before this method returns.
	 * Idempotent; never decodes an attribute. While KV cannot be written, the method
	 * returns after bounded retries, and the delete is repeated later. Publishes
	 * {@code SessionDeletedEvent} if this instance has it in memory, whatever KV says.
	 * @param id the id
	 * @throws dev.kvsession.client.KvException if the failure is permanent, such as a
	 * wrong token; the delete is repeated in the background all the same
	 */
	@Override
	public void deleteById(String id) {
		operations().delete(id);
	}

	/**
	 * Returns this repository's counters, which go on counting.
	 * @return the counters
	 */
	public KvSessionStatistics getStatistics() {
		return this.settings.statistics;
	}

	/**
	 * Writes all pending changes and ends. Call it when no request uses the repository
	 * any more. Blocks until all is written or the time is over; the rest may follow
	 * later.
	 * @param longest how long to try, positive
	 * @return how many sessions still have pending changes or ends
	 */
	public int flush(Duration longest) {
		Assert.isTrue(Lifetimes.endsWhenIdle(longest), "'longest' must be positive");
		return (this.operations != null) ? operations().flush(longest) : 0;
	}

	/**
	 * Returns how many sessions have pending changes or ends. Costs no call.
	 * @return the number
	 */
	public int getPendingWrites() {
		SessionOperations current = this.operations;
		return (current != null) ? current.engine.pendingWrites() : 0;
	}

	/**
	 * Returns how much memory pending changes take; at most 16 MB. Costs no call.
	 * @return an estimate, in bytes
	 */
	public long getPendingBytes() {
		SessionOperations current = this.operations;
		return (current != null) ? current.engine.pending.sessions().bytes() : 0;
	}

	/**
	 * Returns how long ago the oldest pending change was accepted. Costs no call.
	 * @return its age, zero if there is none; while KV answers, about two seconds at most
	 */
	public Duration getOldestPendingChange() {
		SessionOperations current = this.operations;
		return (current != null) ? current.engine.oldestPendingChange() : Duration.ZERO;
	}

	/**
	 * Returns the effective age: the greatest age at which this instance has lately
	 * served a session from memory. A logout or change made on another instance is
	 * noticed here that much later than KV shows it. Costs no call.
	 * @return the greatest age of this minute and the last; at least the time to live,
	 * more if calls are short, KV is down, or idle sessions are in use again
	 */
	public Duration getEffectiveAge() {
		SessionOperations current = this.operations;
		return (current != null) ? current.engine.refresh.effectiveAge() : this.settings.nearCache.freshness();
	}

	final SessionOperations operations() {
		SessionOperations current = this.operations;
		return (current != null) ? current : start();
	}

	private synchronized SessionOperations start() {
		SessionOperations current = this.operations;
		if (current == null) {
			prepare(this.settings, this.runtime);
			current = new SessionOperations(this, this.kv, this.settings, this.runtime);
			this.operations = current;
		}
		return current;
	}

	/** Completes the settings before the first use. */
	void prepare(SessionSettings complete, SessionRuntime time) {
	}

	final SessionSettings changeable() {
		Assert.state(this.operations == null, "The repository is in use and can no longer be changed");
		return this.settings;
	}

	/**
	 * Sets the prefix of session keys; {@code session:} by default.
	 * @param keyPrefix 1 to 256 visible ASCII characters
	 */
	public void setKeyPrefix(String keyPrefix) {
		changeable().keys = new SessionKeys(keyPrefix);
	}

	/**
	 * Sets how long new sessions may be idle; seven days by default.
	 * @param timeout the interval; zero or negative means without limit
	 */
	public void setDefaultMaxInactiveInterval(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		changeable().timeout = timeout;
	}

	/**
	 * Sets what ends a session; {@link SessionExpiration#SLIDING} by default.
	 * @param expiration the rule
	 */
	public void setExpiration(SessionExpiration expiration) {
		Assert.notNull(expiration, "'expiration' must not be null");
		changeable().expiration = expiration;
	}

	/**
	 * Sets an absolute end for every session, whatever its activity; none by default.
	 * @param maxLifetime the time from creation, positive, or {@code null} for none
	 */
	public void setMaxLifetime(@Nullable Duration maxLifetime) {
		Assert.isTrue(maxLifetime == null || Lifetimes.endsWhenIdle(maxLifetime), "'maxLifetime' must be positive");
		changeable().maxLifetime = maxLifetime;
	}

	/**
	 * Sets how long a session without claims may be idle; its own interval by default.
	 * @param anonymousTimeout at least ten minutes, or {@code null} for the default
	 */
	public void setAnonymousTimeout(@Nullable Duration anonymousTimeout) {
		Assert.isTrue(Lifetimes.isAnonymousTimeout(anonymousTimeout), "'anonymousTimeout' must be at least 10 minutes");
		changeable().anonymousTimeout = anonymousTimeout;
	}

	/**
	 * Sets the touch interval: how long the last access may stay unwritten.
	 * @param touchInterval zero or more; {@code null} for the default of an hour. At most
	 * a tenth of the session's interval and half the anonymous timeout take effect.
	 */
	public void setTouchInterval(@Nullable Duration touchInterval) {
		Assert.isTrue(touchInterval == null || !touchInterval.isNegative(), "'touchInterval' must not be negative");
		changeable().touchInterval = touchInterval;
	}

	/**
	 * Sets when changes are written; {@link FlushMode#ON_SAVE} by default.
	 * @param flushMode the mode
	 */
	public void setFlushMode(FlushMode flushMode) {
		Assert.notNull(flushMode, "'flushMode' must not be null");
		changeable().flushMode = flushMode;
	}

	/**
	 * Sets which attributes are saved; {@link SaveMode#ON_SET_ATTRIBUTE} by default. With
	 * the other modes each request works on its own copy of an attribute.
	 * @param saveMode the mode
	 */
	public void setSaveMode(SaveMode saveMode) {
		Assert.notNull(saveMode, "'saveMode' must not be null");
		changeable().saveMode = saveMode;
	}

	/**
	 * Sets what {@link #save} waits for; {@link WriteMode#COALESCE} by default.
	 * @param writeMode the mode
	 */
	public void setWriteMode(WriteMode writeMode) {
		Assert.notNull(writeMode, "'writeMode' must not be null");
		changeable().writeMode = writeMode;
	}

	/**
	 * Returns what {@link #save} waits for.
	 * @return the mode
	 */
	public WriteMode getWriteMode() {
		return this.settings.writeMode;
	}

	/**
	 * Sets how long and in how much memory this instance keeps sessions.
	 * @param nearCache the settings
	 */
	public void setNearCache(NearCacheSettings nearCache) {
		Assert.notNull(nearCache, "'nearCache' must not be null");
		changeable().nearCache = nearCache;
	}

	/**
	 * Returns how long and in how much memory this instance keeps sessions.
	 * @return the settings
	 */
	public NearCacheSettings getNearCache() {
		return this.settings.nearCache;
	}

	/**
	 * Sets how large a session's record may become; KV's own limit of 25 MiB by default.
	 * A save that would make it larger changes nothing and fails with a
	 * {@code KvRequestRefusedException} that names the largest attributes.
	 * @param maxRecordSize the size as JSON; at least 1 KB and at most 25 MiB
	 */
	public void setMaxRecordSize(DataSize maxRecordSize) {
		Assert.notNull(maxRecordSize, "'maxRecordSize' must not be null");
		Assert.isTrue(maxRecordSize.toBytes() >= 1024 && maxRecordSize.toBytes() <= KvLimits.MAX_VALUE_BYTES,
				"'maxRecordSize' must be 1 KB to 25 MB");
		changeable().maxRecordSize = maxRecordSize;
	}

	/**
	 * Sets how many requests may wait for KV longer than the near cache's soft timeout;
	 * 100 by default. Further requests get a {@code KvUnavailableException}, which the
	 * filter answers with 503. A logout goes on without waiting.
	 * @param maxWaitingRequests positive; fewer than the server has threads
	 */
	public void setMaxWaitingRequests(int maxWaitingRequests) {
		Assert.isTrue(maxWaitingRequests > 0, "'maxWaitingRequests' must be positive");
		changeable().maxWaitingRequests = maxWaitingRequests;
	}

	/**
	 * Sets what to do when KV cannot be read; {@link ReadFailurePolicy#FAIL} by default.
	 * @param onReadFailure the policy
	 */
	public void setOnReadFailure(ReadFailurePolicy onReadFailure) {
		Assert.notNull(onReadFailure, "'onReadFailure' must not be null");
		changeable().onReadFailure = onReadFailure;
	}

	/**
	 * Sets what to do with an unreadable session; by default it is no session.
	 * @param onUnreadable the policy
	 */
	public void setOnUnreadable(UnreadablePolicy onUnreadable) {
		Assert.notNull(onUnreadable, "'onUnreadable' must not be null");
		changeable().onUnreadable = onUnreadable;
	}

	/**
	 * Sets the key that seals handoff cookies; by default there is none, and no cookies.
	 * @param handoffKey the key, or {@code null} for none
	 */
	public void setHandoffKey(@Nullable HandoffKey handoffKey) {
		changeable().handoffKey = handoffKey;
	}

	/**
	 * Sets how ids and records are protected; not beyond the API token by default.
	 * @param protection what is signed, hashed and encrypted
	 */
	public void setProtection(SessionProtection protection) {
		Assert.notNull(protection, "'protection' must not be null");
		protection.apply(changeable(), this instanceof KvIndexedSessionRepository);
	}

	/**
	 * Sets the generator of session ids; {@link SecureSessionIdGenerator} by default.
	 * @param idGenerator makes ids of 16 to 128 characters of {@code [A-Za-z0-9._~-]}
	 */
	public void setSessionIdGenerator(SessionIdGenerator idGenerator) {
		Assert.notNull(idGenerator, "'idGenerator' must not be null");
		changeable().idGenerator = idGenerator;
	}

	/**
	 * Sets the claims of records; {@code userId} and, where known, {@code email} by
	 * default.
	 * @param claims supplies the claims
	 */
	public void setSessionClaims(SessionClaims claims) {
		Assert.notNull(claims, "'claims' must not be null");
		changeable().claims = claims;
	}

	/**
	 * Sets where session events are published; nowhere by default.
	 * @param events the publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher events) {
		Assert.notNull(events, "'events' must not be null");
		changeable().events = events;
	}

}
