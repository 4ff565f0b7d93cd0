package dev.kvsession.autoconfigure.bean;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.session.config.SessionRepositoryCustomizer;

import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.autoconfigure.properties.KvSessionProperties;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.NearCacheSettings;

/**
 * Passes properties to the repository, which checks them, and names one that it rejects.
 */
public final class SessionPropertiesCustomizer implements SessionRepositoryCustomizer<KvSessionRepository> {

	/** A login survives a weekend. */
	private static final Duration DEFAULT_TIMEOUT = Duration.ofDays(7);

	private final KvSessionProperties properties;

	private final @Nullable Duration inheritedTimeout;

	private final ServerThreads threads;

	public SessionPropertiesCustomizer(KvSessionProperties properties, @Nullable Duration inheritedTimeout,
			ServerThreads threads) {
		this.properties = properties;
		this.inheritedTimeout = inheritedTimeout;
		this.threads = threads;
	}

	@Override
	public void customize(KvSessionRepository repository) {
		KvSessionProperties from = this.properties;
		PropertyMapper map = PropertyMapper.get();
		map.from(timeout()).to(repository::setDefaultMaxInactiveInterval);
		map.from(from::getKeyPrefix).to(checked("key-prefix", repository::setKeyPrefix));
		map.from(from::getExpiration).to(repository::setExpiration);
		map.from(from::getMaxLifetime).to(checked("max-lifetime", repository::setMaxLifetime));
		map.from(from::getAnonymousTimeout).to(checked("anonymous-timeout", repository::setAnonymousTimeout));
		map.from(from::getTouchInterval).to(checked("touch-interval", repository::setTouchInterval));
		map.from(from::getFlushMode).to(repository::setFlushMode);
		map.from(from::getSaveMode).to(repository::setSaveMode);
		map.from(from::getWriteMode).to(repository::setWriteMode);
		map.from(from::getMaxRecordSize).to(checked("max-record-size", repository::setMaxRecordSize));
		map.from(waitingRequests()).to(checked("max-waiting-requests", repository::setMaxWaitingRequests));
		map.from(from::getOnReadFailure).to(repository::setOnReadFailure);
		map.from(from::getOnUnreadable).to(repository::setOnUnreadable);
		repository.setNearCache(nearCache(from.getNearCache()));
	}

	private @Nullable Integer waitingRequests() {
		Integer own = this.properties.getMaxWaitingRequests();
		return (own != null) ? own : this.threads.half();
	}

	private Duration timeout() {
		Duration own = this.properties.getTimeout();
		if (own != null) {
			return own;
		}
		return (this.inheritedTimeout != null) ? this.inheritedTimeout : DEFAULT_TIMEOUT;
	}

	private static NearCacheSettings nearCache(KvSessionProperties.NearCache from) {
		NearCacheSettings settings = NearCacheSettings.DEFAULT.withEnabled(from.isEnabled());
		settings = with("ttl", from.getTtl(), settings::withTimeToLive);
		settings = with("max-weight", from.getMaxWeight(), settings::withMaxWeight);
		settings = with("stale-if-error", from.getStaleIfError(), settings::withStaleIfError);
		settings = with("max-staleness", from.getMaxStaleness(), settings::withMaxStaleness);
		return with("soft-timeout", from.getSoftTimeout(), settings::withSoftTimeout);
	}

	private static <T> NearCacheSettings with(String name, T value, Function<T, NearCacheSettings> with) {
		try {
			return with.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw refused("near-cache." + name, value, ex);
		}
	}

	private static <T> Consumer<T> checked(String name, Consumer<T> setter) {
		return (value) -> {
			try {
				setter.accept(value);
			}
			catch (IllegalArgumentException ex) {
				throw refused(name, value, ex);
			}
		};
	}

	private static InvalidConfigurationPropertyValueException refused(String name, @Nullable Object value,
			IllegalArgumentException ex) {
		return new InvalidConfigurationPropertyValueException(KvPropertyNames.SESSION_PREFIX + "." + name, value,
				ex.getMessage());
	}

}
