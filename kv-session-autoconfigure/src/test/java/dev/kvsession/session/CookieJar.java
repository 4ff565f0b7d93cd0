package dev.kvsession.session;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.handoff.Handoff;

/**
 * A browser's handoff cookie. Confined to one request at a time.
 */
public final class CookieJar {

	/**
	 * How long a handoff cookie is valid.
	 */
	public static final Duration LIFETIME = Handoff.LIFETIME;

	private final LongSupplier nanos;

	private @Nullable String handoff;

	private long receivedAt;

	/**
	 * Creates an empty jar.
	 * @param nanos the time in nanoseconds
	 */
	public CookieJar(LongSupplier nanos) {
		this.nanos = nanos;
	}

	void receive(String handoff) {
		this.handoff = handoff;
		this.receivedAt = this.nanos.getAsLong();
	}

	void clear() {
		this.handoff = null;
	}

	@Nullable String handoff() {
		return (this.nanos.getAsLong() - this.receivedAt < LIFETIME.toNanos()) ? this.handoff : null;
	}

}
