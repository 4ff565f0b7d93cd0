package dev.kvsession.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.SessionIdGenerator;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

import dev.kvsession.client.KvLimits;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.settings.EngineOptions;
import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.session.settings.SessionClaims;
import dev.kvsession.session.settings.SessionExpiration;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.UnreadablePolicy;
import dev.kvsession.session.settings.WriteMode;

/**
 * The repository's settings. Confined to the thread that sets the repository up; setters
 * fail after the first use.
 */
public abstract sealed class KvSessionSettings permits KvSessionRepository {

	private final EngineOptions options;

	KvSessionSettings(SessionCodec codec) {
		this.options = new EngineOptions(codec);
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
	 * Sets what saving a changed session waits for; {@link WriteMode#COALESCE} by
	 * default.
	 * @param writeMode the mode
	 */
	public void setWriteMode(WriteMode writeMode) {
		Assert.notNull(writeMode, "'writeMode' must not be null");
		settings().writeMode = writeMode;
	}

	/**
	 * Returns what saving a changed session waits for.
	 * @return the mode
	 */
	public WriteMode getWriteMode() {
		return this.options.writeMode;
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
	 * Sets how large a session's record may become; KV's own limit of 25 MiB by default.
	 * A save that would make it larger fails with a
	 * {@link dev.kvsession.client.KvRequestRefusedException} that names the largest
	 * attributes, and changes nothing.
	 * @param maxRecordSize how large, as JSON; at least 1 KB and at most 25 MiB
	 */
	public void setMaxRecordSize(DataSize maxRecordSize) {
		Assert.notNull(maxRecordSize, "'maxRecordSize' must not be null");
		Assert.isTrue(maxRecordSize.toBytes() >= 1024 && maxRecordSize.toBytes() <= KvLimits.MAX_VALUE_BYTES,
				"'maxRecordSize' must be 1 KB to 25 MB");
		settings().maxRecordSize = maxRecordSize;
	}

	/**
	 * Sets how many requests may wait for KV longer than the near cache's soft time-out;
	 * 100 by default. Others get a {@link dev.kvsession.client.KvUnavailableException},
	 * which the filter answers with 503; a logout goes on without waiting, and KV is told
	 * later.
	 * @param maxWaitingRequests how many, positive: fewer than the server has threads, so
	 * that requests without a session are still served while KV is slow
	 */
	public void setMaxWaitingRequests(int maxWaitingRequests) {
		Assert.isTrue(maxWaitingRequests > 0, "'maxWaitingRequests' must be positive");
		settings().maxWaitingRequests = maxWaitingRequests;
	}

	/**
	 * Returns how long and how much this instance remembers of sessions it has seen.
	 * @return the settings
	 */
	public NearCacheSettings getNearCache() {
		return this.options.nearCache;
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

	public final EngineOptions options() {
		return this.options;
	}

	/**
	 * Whether it is too late to change a setting.
	 * @return whether the repository has been used
	 */
	abstract boolean isInUse();

	private EngineOptions settings() {
		Assert.state(!isInUse(), "The repository is in use and can no longer be changed");
		return this.options;
	}

}
