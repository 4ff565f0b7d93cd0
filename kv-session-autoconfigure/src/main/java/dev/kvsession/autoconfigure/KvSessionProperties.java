package dev.kvsession.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.util.unit.DataSize;

import dev.kvsession.session.ReadFailurePolicy;
import dev.kvsession.session.SessionExpiration;
import dev.kvsession.session.UnreadablePolicy;

/**
 * Properties of sessions in Cloudflare Workers KV. Confined to the start of the
 * application.
 */
@ConfigurationProperties("cloudflare.kv.session")
public class KvSessionProperties {

	/**
	 * Whether to keep sessions in KV when it is configured.
	 */
	private boolean enabled = true;

	/**
	 * Prefix of the keys of session records.
	 */
	private String keyPrefix = "session:";

	/**
	 * Longest time a session may be idle; zero or negative means for ever. If not
	 * specified, "spring.session.timeout" is used.
	 */
	private @Nullable Duration timeout;

	/**
	 * What ends a session that nobody logs out of.
	 */
	private SessionExpiration expiration = SessionExpiration.SLIDING;

	/**
	 * Time from creation after which a session ends, however active it is.
	 */
	private @Nullable Duration maxLifetime;

	/**
	 * Time for which the last access of a session may go unwritten. A tenth of the
	 * session's own timeout is the greatest value that takes effect.
	 */
	private @Nullable Duration touchInterval;

	/**
	 * When changes of a session are written.
	 */
	private FlushMode flushMode = FlushMode.ON_SAVE;

	/**
	 * Which attributes of a session are written.
	 */
	private SaveMode saveMode = SaveMode.ON_SET_ATTRIBUTE;

	/**
	 * What to answer when a session cannot be read because KV does not answer.
	 */
	private ReadFailurePolicy onReadFailure = ReadFailurePolicy.FAIL;

	/**
	 * What to do with a session whose record or security context cannot be decoded.
	 */
	private UnreadablePolicy onUnreadable = UnreadablePolicy.NEW_SESSION;

	/**
	 * Whether Java serialization carries session attributes that JSON cannot. Reading
	 * them is limited to trusted types.
	 */
	private boolean jdkFallback = false;

	private final NearCache nearCache = new NearCache();

	private final Json json = new Json();

	@NestedConfigurationProperty
	private final HandoffProperties handoff = new HandoffProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
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

	public @Nullable Duration getTouchInterval() {
		return this.touchInterval;
	}

	public void setTouchInterval(@Nullable Duration touchInterval) {
		this.touchInterval = touchInterval;
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

	public NearCache getNearCache() {
		return this.nearCache;
	}

	public Json getJson() {
		return this.json;
	}

	public HandoffProperties getHandoff() {
		return this.handoff;
	}

	/**
	 * What this instance remembers of sessions it has seen.
	 */
	public static class NearCache {

		/**
		 * Whether to serve sessions from memory.
		 */
		private boolean enabled = true;

		/**
		 * Time for which a session is served from memory before KV is read again. A
		 * logout or change made on another instance may go unnoticed that long.
		 */
		private Duration ttl = Duration.ofSeconds(30);

		/**
		 * Estimated memory to hold sessions in.
		 */
		private DataSize maxWeight = DataSize.ofMegabytes(64);

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

	}

	/**
	 * How session attributes become JSON.
	 */
	public static class Json {

		/**
		 * Packages (with those below) and classes of the application whose instances may
		 * stand in sessions, without wildcards.
		 */
		private List<String> trustedPackages = new ArrayList<>();

		public List<String> getTrustedPackages() {
			return this.trustedPackages;
		}

		public void setTrustedPackages(List<String> trustedPackages) {
			this.trustedPackages = trustedPackages;
		}

	}

}
