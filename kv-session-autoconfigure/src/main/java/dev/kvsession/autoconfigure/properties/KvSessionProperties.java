package dev.kvsession.autoconfigure.properties;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.util.unit.DataSize;

import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.session.settings.SessionExpiration;
import dev.kvsession.session.settings.UnreadablePolicy;
import dev.kvsession.session.settings.WriteMode;

/**
 * Properties of sessions in Cloudflare Workers KV. Confined to the start of the
 * application.
 */
@ConfigurationProperties("cloudflare.kv.session")
public class KvSessionProperties {

	/** Whether to keep sessions in KV when it is configured. */
	private boolean enabled = true;

	/** Whether sessions can be found by the name of their user. */
	private RepositoryType repositoryType = RepositoryType.DEFAULT;

	/** Prefix of the keys of session records. */
	private String keyPrefix = "session:";

	/**
	 * Prefix of the keys of users' index entries. Those of other indexes follow it. Only
	 * with the repository type "indexed".
	 */
	private String userIndexPrefix = "user-sessions:";

	/**
	 * Longest time a session may be idle; zero or negative for no limit. If a duration
	 * suffix is not specified, seconds are used. If not specified,
	 * "spring.session.timeout" is used, or "server.servlet.session.timeout" if that is
	 * set.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration timeout;

	/** What ends a session that is not ended by a logout. */
	private SessionExpiration expiration = SessionExpiration.SLIDING;

	/**
	 * Time from creation after which a session ends, however active it is. If a duration
	 * suffix is not specified, seconds are used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration maxLifetime;

	/**
	 * Longest time a session may be idle while it has no user, at least ten minutes. If a
	 * duration suffix is not specified, seconds are used. If not specified, such a
	 * session lives as long as any other.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration anonymousTimeout;

	/**
	 * Shortest time between two writes of the last access time alone. If a duration
	 * suffix is not specified, seconds are used. At most a tenth of the session's timeout
	 * takes effect, and half of anonymous-timeout.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration touchInterval;

	/**
	 * Whether the session cookie lives as long as its session. An explicit
	 * "server.servlet.session.cookie.max-age" wins.
	 */
	private boolean cookieFollowsSession = false;

	/** When changes of a session are written. */
	private FlushMode flushMode = FlushMode.ON_SAVE;

	/** Which attributes of a session are written. */
	private SaveMode saveMode = SaveMode.ON_SET_ATTRIBUTE;

	/**
	 * Size that the record of a session may have in KV, as JSON. A save that would make
	 * it larger fails.
	 */
	private DataSize maxRecordSize = DataSize.ofMegabytes(1);

	/**
	 * Number of requests that may wait for KV longer than near-cache.soft-timeout; more
	 * are answered 503. If not specified, half of the threads of an embedded Tomcat or
	 * Jetty, or 100 if these are virtual or unknown.
	 */
	private @Nullable Integer maxWaitingRequests;

	/** What to do with a request whose session cannot be read. */
	private ReadFailurePolicy onReadFailure = ReadFailurePolicy.FAIL;

	/** What to do with a session whose record or security context cannot be decoded. */
	private UnreadablePolicy onUnreadable = UnreadablePolicy.NEW_SESSION;

	/**
	 * Whether to store session attributes that JSON cannot hold by Java serialization.
	 * Only trusted types are read.
	 */
	private boolean jdkFallback = false;

	/** What saving a changed session waits for. */
	private WriteMode writeMode = WriteMode.COALESCE;

	private final NearCache nearCache = new NearCache();

	private final Json json = new Json();

	private final Handoff handoff = new Handoff();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public RepositoryType getRepositoryType() {
		return this.repositoryType;
	}

	public void setRepositoryType(RepositoryType repositoryType) {
		this.repositoryType = repositoryType;
	}

	public String getUserIndexPrefix() {
		return this.userIndexPrefix;
	}

	public void setUserIndexPrefix(String userIndexPrefix) {
		this.userIndexPrefix = userIndexPrefix;
	}

	public String getKeyPrefix() {
		return this.keyPrefix;
	}

	public void setKeyPrefix(String keyPrefix) {
		this.keyPrefix = keyPrefix;
	}

	public @Nullable Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(@Nullable Duration timeout) {
		this.timeout = timeout;
	}

	public SessionExpiration getExpiration() {
		return this.expiration;
	}

	public void setExpiration(SessionExpiration expiration) {
		this.expiration = expiration;
	}

	public @Nullable Duration getMaxLifetime() {
		return this.maxLifetime;
	}

	public void setMaxLifetime(@Nullable Duration maxLifetime) {
		this.maxLifetime = maxLifetime;
	}

	public @Nullable Duration getAnonymousTimeout() {
		return this.anonymousTimeout;
	}

	public void setAnonymousTimeout(@Nullable Duration anonymousTimeout) {
		this.anonymousTimeout = anonymousTimeout;
	}

	public @Nullable Duration getTouchInterval() {
		return this.touchInterval;
	}

	public void setTouchInterval(@Nullable Duration touchInterval) {
		this.touchInterval = touchInterval;
	}

	public boolean isCookieFollowsSession() {
		return this.cookieFollowsSession;
	}

	public void setCookieFollowsSession(boolean cookieFollowsSession) {
		this.cookieFollowsSession = cookieFollowsSession;
	}

	public FlushMode getFlushMode() {
		return this.flushMode;
	}

	public void setFlushMode(FlushMode flushMode) {
		this.flushMode = flushMode;
	}

	public SaveMode getSaveMode() {
		return this.saveMode;
	}

	public void setSaveMode(SaveMode saveMode) {
		this.saveMode = saveMode;
	}

	public DataSize getMaxRecordSize() {
		return this.maxRecordSize;
	}

	public void setMaxRecordSize(DataSize maxRecordSize) {
		this.maxRecordSize = maxRecordSize;
	}

	public @Nullable Integer getMaxWaitingRequests() {
		return this.maxWaitingRequests;
	}

	public void setMaxWaitingRequests(@Nullable Integer maxWaitingRequests) {
		this.maxWaitingRequests = maxWaitingRequests;
	}

	public ReadFailurePolicy getOnReadFailure() {
		return this.onReadFailure;
	}

	public void setOnReadFailure(ReadFailurePolicy onReadFailure) {
		this.onReadFailure = onReadFailure;
	}

	public UnreadablePolicy getOnUnreadable() {
		return this.onUnreadable;
	}

	public void setOnUnreadable(UnreadablePolicy onUnreadable) {
		this.onUnreadable = onUnreadable;
	}

	public boolean isJdkFallback() {
		return this.jdkFallback;
	}

	public void setJdkFallback(boolean jdkFallback) {
		this.jdkFallback = jdkFallback;
	}

	public WriteMode getWriteMode() {
		return this.writeMode;
	}

	public void setWriteMode(WriteMode writeMode) {
		this.writeMode = writeMode;
	}

	public NearCache getNearCache() {
		return this.nearCache;
	}

	public Json getJson() {
		return this.json;
	}

	public Handoff getHandoff() {
		return this.handoff;
	}

	/** Sessions that this instance keeps in memory. */
	public static class NearCache {

		/** Whether to serve sessions from memory. */
		private boolean enabled = true;

		/**
		 * Time for which a session is served from memory before KV is read again. A
		 * logout or change on another instance may take this long to be noticed.
		 */
		private Duration ttl = Duration.ofSeconds(30);

		/** Memory for sessions, as estimated. */
		private DataSize maxWeight = DataSize.ofMegabytes(64);

		/**
		 * Time since its last read or write for which a session is served if KV cannot be
		 * asked; zero for never.
		 */
		private Duration staleIfError = Duration.ofHours(4);

		/**
		 * Time since KV last confirmed a session for which GET, HEAD and OPTIONS requests
		 * are served it at once while it is read again in the background; zero for never.
		 */
		private Duration maxStaleness = Duration.ofMinutes(5);

		/**
		 * Time for which other requests wait for that read before they are served the
		 * known session, if KV confirmed it within max-staleness.
		 */
		private Duration softTimeout = Duration.ofMillis(500);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getTtl() {
			return this.ttl;
		}

		public void setTtl(Duration ttl) {
			this.ttl = ttl;
		}

		public DataSize getMaxWeight() {
			return this.maxWeight;
		}

		public void setMaxWeight(DataSize maxWeight) {
			this.maxWeight = maxWeight;
		}

		public Duration getStaleIfError() {
			return this.staleIfError;
		}

		public void setStaleIfError(Duration staleIfError) {
			this.staleIfError = staleIfError;
		}

		public Duration getMaxStaleness() {
			return this.maxStaleness;
		}

		public void setMaxStaleness(Duration maxStaleness) {
			this.maxStaleness = maxStaleness;
		}

		public Duration getSoftTimeout() {
			return this.softTimeout;
		}

		public void setSoftTimeout(Duration softTimeout) {
			this.softTimeout = softTimeout;
		}

	}

	/** Session attributes as JSON. */
	public static class Json {

		/**
		 * Packages (with their subpackages) and classes of the application whose
		 * instances sessions may hold, without wildcards.
		 */
		private List<String> trustedPackages = new ArrayList<>();

		public List<String> getTrustedPackages() {
			return this.trustedPackages;
		}

		public void setTrustedPackages(List<String> trustedPackages) {
			this.trustedPackages = trustedPackages;
		}

	}

	/** Handoff cookies. */
	public static class Handoff {

		/**
		 * Whether to send a new or changed session with the response, in an encrypted
		 * cookie of two minutes, for other instances to read until KV shows it to them.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
