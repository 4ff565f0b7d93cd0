package dev.kvsession.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;
import org.springframework.util.Assert;

import dev.kvsession.client.KvScheduler;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.SessionCodec;

/**
 * Keeps sessions in Cloudflare Workers KV. Safe for concurrent use once it is set up;
 * setters are for the thread that sets it up and fail after the first use.
 * <p>
 * A session in use costs one KV read each time its near-cache entry has aged, and a write
 * when it is changed or its touch interval has passed. Methods block the caller for the
 * KV calls they need; every failure of KV reaches the caller as a
 * {@link dev.kvsession.client.KvException}, after bounded retries. Publishes
 * {@code SessionCreatedEvent}, {@code SessionDeletedEvent} and
 * {@code SessionExpiredEvent} on the instance where it happens; expiry is noticed when
 * somebody asks for the session.
 */
public final class KvSessionRepository implements SessionRepository<KvSession> {

	private final KvEngine kv;

	private final EngineRuntime runtime;

	private final EngineOptions options;

	private volatile @Nullable SessionOperations operations;

	/**
	 * Creates a repository with default settings.
	 * @param kv where the sessions lie
	 * @param scheduler runs what is delayed
	 * @param codec encodes them
	 */
	public KvSessionRepository(KvEngine kv, KvScheduler scheduler, SessionCodec codec) {
		this(kv, EngineRuntime.of(scheduler), codec);
	}

	KvSessionRepository(KvEngine kv, EngineRuntime runtime, SessionCodec codec) {
		this.kv = kv;
		this.runtime = runtime;
		this.options = new EngineOptions(codec);
	}

	@Override
	public KvSession createSession() {
		return operations().create();
	}

	/**
	 * Saves a session. Nothing is sent if nothing changed; if only the last access
	 * changed and its touch interval has passed, it is written in the background. Changes
	 * of a session that has ended meanwhile are dropped silently, as Spring Session's
	 * JDBC repository does. A second change within a second waits for the rest of that
	 * second.
	 * @param session the session
	 * @throws dev.kvsession.client.KvException if KV did not acknowledge the write
	 * @throws dev.kvsession.codec.AttributeEncodingException if an attribute cannot be
	 * stored so that it comes back; nothing is sent
	 */
	@Override
	public void save(KvSession session) {
		operations().save(session);
	}

	/**
	 * Finds a session. An id that cannot have come from the id generator, or that ended
	 * on this instance, costs no call. What another instance changed or ended is noticed
	 * with the delay of the near cache and of KV.
	 * @param id the id
	 * @return the session, or {@code null} if there is none or it has expired
	 * @throws dev.kvsession.client.KvException if KV could not be asked and the policy is
	 * to fail
	 */
	@Override
	public @Nullable KvSession findById(String id) {
		return operations().find(id);
	}

	/**
	 * Ends a session: on this instance at once, whatever follows, and in KV before this
	 * method returns. Idempotent; never reads or decodes the record.
	 * @param id the id
	 * @throws dev.kvsession.client.KvException if KV did not acknowledge it; it is then
	 * repeated in the background
	 */
	@Override
	public void deleteById(String id) {
		operations().delete(id);
	}

	/**
	 * Sets the prefix of session keys; {@code session:} by default.
	 * @param keyPrefix 1 to 256 visible ASCII characters
	 */
	public void setKeyPrefix(String keyPrefix) {
		settings().keys = new SessionKeys(keyPrefix);
	}

	/**
	 * Sets how long new sessions may be idle; seven days by default.
	 * @param timeout the interval; zero or negative means for ever
	 */
	public void setDefaultMaxInactiveInterval(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		settings().timeout = timeout;
	}

	/**
	 * Sets what ends a session; {@link SessionExpiration#SLIDING} by default.
	 * @param expiration what ends it
	 */
	public void setExpiration(SessionExpiration expiration) {
		Assert.notNull(expiration, "'expiration' must not be null");
		settings().expiration = expiration;
	}

	/**
	 * Sets an absolute end for every session, whatever its activity; none by default.
	 * @param maxLifetime the time from creation, positive, or {@code null} for none
	 */
	public void setMaxLifetime(@Nullable Duration maxLifetime) {
		Assert.isTrue(maxLifetime == null || Lifetimes.endsWhenIdle(maxLifetime), "'maxLifetime' must be positive");
		settings().maxLifetime = maxLifetime;
	}

	/**
	 * Sets how long the last access may go unwritten.
	 * @param touchInterval zero or more, or {@code null} for the default: a tenth of the
	 * session's interval, at most an hour. A tenth of the session's interval is also the
	 * greatest value that takes effect.
	 */
	public void setTouchInterval(@Nullable Duration touchInterval) {
		Assert.isTrue(touchInterval == null || !touchInterval.isNegative(), "'touchInterval' must not be negative");
		settings().touchInterval = touchInterval;
	}

	/**
	 * Sets when changes are written; {@link FlushMode#ON_SAVE} by default. With
	 * {@link FlushMode#IMMEDIATE} each change waits for KV, a second apart.
	 * @param flushMode the mode
	 */
	public void setFlushMode(FlushMode flushMode) {
		Assert.notNull(flushMode, "'flushMode' must not be null");
		settings().flushMode = flushMode;
	}

	/**
	 * Sets which attributes are saved; {@link SaveMode#ON_SET_ATTRIBUTE} by default. With
	 * the other modes each request works on its own copy of an attribute, which is saved
	 * if it is encoded differently at the end.
	 * @param saveMode the mode
	 */
	public void setSaveMode(SaveMode saveMode) {
		Assert.notNull(saveMode, "'saveMode' must not be null");
		settings().saveMode = saveMode;
	}

	/**
	 * Sets how long and how much this instance remembers of sessions it has seen.
	 * @param nearCache the settings
	 */
	public void setNearCache(NearCacheSettings nearCache) {
		Assert.notNull(nearCache, "'nearCache' must not be null");
		settings().nearCache = nearCache;
	}

	/**
	 * Sets what to answer when KV cannot be asked; {@link ReadFailurePolicy#FAIL} by
	 * default.
	 * @param onReadFailure the policy
	 */
	public void setOnReadFailure(ReadFailurePolicy onReadFailure) {
		Assert.notNull(onReadFailure, "'onReadFailure' must not be null");
		settings().onReadFailure = onReadFailure;
	}

	/**
	 * Sets what to do with a session that cannot be decoded;
	 * {@link UnreadablePolicy#NEW_SESSION} by default.
	 * @param onUnreadable the policy
	 */
	public void setOnUnreadable(UnreadablePolicy onUnreadable) {
		Assert.notNull(onUnreadable, "'onUnreadable' must not be null");
		settings().onUnreadable = onUnreadable;
	}

	/**
	 * Sets what handoff cookies are sealed with; without a key, which is the default,
	 * there are none.
	 * @param handoffKey the key, or {@code null} for none
	 */
	public void setHandoffKey(@Nullable HandoffKey handoffKey) {
		settings().handoffKey = handoffKey;
	}

	/**
	 * Sets what makes session ids; {@link SecureSessionIdGenerator} by default.
	 * @param idGenerator makes ids of 16 to 128 characters of {@code [A-Za-z0-9._~-]}
	 */
	public void setSessionIdGenerator(SessionIdGenerator idGenerator) {
		Assert.notNull(idGenerator, "'idGenerator' must not be null");
		settings().idGenerator = idGenerator;
	}

	/**
	 * Sets what records say about their user; the principal's name as {@code userId}, and
	 * {@code email} where known, by default.
	 * @param claims supplies the claims
	 */
	public void setSessionClaims(SessionClaims claims) {
		Assert.notNull(claims, "'claims' must not be null");
		settings().claims = claims;
	}

	/**
	 * Sets where session events are published; nowhere by default.
	 * @param events the publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher events) {
		Assert.notNull(events, "'events' must not be null");
		settings().events = events;
	}

	/**
	 * Returns what this repository has counted.
	 * @return the counts, which go on growing
	 */
	public KvSessionStatistics getStatistics() {
		return this.options.statistics;
	}

	private EngineOptions settings() {
		Assert.state(this.operations == null, "The repository is in use and can no longer be changed");
		return this.options;
	}

	private SessionOperations operations() {
		SessionOperations current = this.operations;
		return (current != null) ? current : start();
	}

	private synchronized SessionOperations start() {
		SessionOperations current = this.operations;
		if (current == null) {
			current = new SessionOperations(this, this.kv, this.options, this.runtime);
			this.operations = current;
		}
		return current;
	}

}
