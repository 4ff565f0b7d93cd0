package dev.kvsession.session;

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * A browser's handoff cookie. Confined to whoever has the turn.
 */
final class CookieJar {

	private final LongSupplier nanos;

	private @Nullable String handoff;

	private long receivedAt;

	CookieJar(LongSupplier nanos) {
		this.nanos = nanos;
	}

	void receive(String handoff) {
		this.handoff = handoff;
		this.receivedAt = this.nanos.getAsLong();
	}

	void clear() {
		this.handoff = null;
	}

	@Nullable String handoff(long nowNanos) {
		return (nowNanos - this.receivedAt < Handoffs.LIFETIME.toNanos()) ? this.handoff : null;
	}

}
