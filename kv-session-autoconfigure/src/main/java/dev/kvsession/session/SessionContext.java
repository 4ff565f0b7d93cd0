package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;
import org.springframework.session.SaveMode;

import dev.kvsession.client.KvException;
import dev.kvsession.codec.SessionCodec;

/**
 * What all parts of the engine share: the repository's rules, clock and warnings. Safe
 * for concurrent use.
 */
final class SessionContext {

	private final EngineOptions options;

	private final InstantSource clock;

	private final HybridClock stamps;

	private final Lifetimes lifetimes;

	private final SessionWarnings warnings;

	SessionContext(EngineOptions options, InstantSource clock, HybridClock stamps, SessionWarnings warnings) {
		this.options = options;
		this.clock = clock;
		this.stamps = stamps;
		this.lifetimes = new Lifetimes(options.expiration, options.maxLifetime);
		this.warnings = warnings;
	}

	Instant now() {
		return this.clock.instant();
	}

	Duration defaultInterval() {
		return this.options.timeout;
	}

	SaveMode saveMode() {
		return this.options.saveMode;
	}

	SessionCodec codec() {
		return this.options.codec;
	}

	UnreadablePolicy onUnreadable() {
		return this.options.onUnreadable;
	}

	SessionClaims claims() {
		return this.options.claims;
	}

	KvSessionStatistics statistics() {
		return this.options.statistics;
	}

	/**
	 * Checks whether a change makes a session's record too large.
	 * @param known the state before, or {@code null} of a new session
	 * @param change what is to be changed of it
	 * @return why it is refused, or {@code null} if it is not
	 */
	@Nullable KvException tooLarge(@Nullable Snapshot known, SessionChange change) {
		return new RecordLimit(this.options.maxRecordSize.toBytes()).refusal(known, change);
	}

	SessionWarnings warnings() {
		return this.warnings;
	}

	HybridClock stamps() {
		return this.stamps;
	}

	Lifetimes lifetimes() {
		return this.lifetimes;
	}

}
