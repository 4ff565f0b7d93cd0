package dev.kvsession.autoconfigure.properties;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * Properties of what this instance remembers of sessions it has seen. Confined to the
 * start of the application.
 */
public class NearCacheProperties {

	/**
	 * Whether to serve sessions from memory.
	 */
	private boolean enabled = true;

	/**
	 * Time for which a session is served from memory before KV is read again. A logout or
	 * change made on another instance may go unnoticed that long.
	 */
	private Duration ttl = Duration.ofSeconds(30);

	/**
	 * Estimated memory to hold sessions in.
	 */
	private DataSize maxWeight = DataSize.ofMegabytes(64);

	/**
	 * Time for which a session is served after it was last read or written when KV cannot
	 * be asked; zero means not at all.
	 */
	private Duration staleIfError = Duration.ofHours(4);

	/**
	 * Time since KV last confirmed a session for which it is served at once to GET, HEAD
	 * and OPTIONS requests while it is read again in the background; zero means not at
	 * all.
	 */
	private Duration maxStaleness = Duration.ofMinutes(5);

	/**
	 * Time for which other requests wait for that read before they are served what is
	 * known, if KV confirmed it within max-staleness.
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
