package dev.kvsession.session.record;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;
import org.springframework.session.SaveMode;

import dev.kvsession.client.KvException;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.session.settings.EngineOptions;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.SessionClaims;
import dev.kvsession.session.settings.SessionWarnings;
import dev.kvsession.session.settings.UnreadablePolicy;

/** The repository's rules, clock and warnings. Safe for concurrent use. */
public final class SessionContext {

	private final EngineOptions options;

	private final InstantSource clock;

	private final HybridClock stamps;

	private final Lifetimes lifetimes;

	private final SessionWarnings warnings;

	public SessionContext(EngineOptions options, InstantSource clock, HybridClock stamps, SessionWarnings warnings) {
		this.options = options;
		this.clock = clock;
		this.stamps = stamps;
		this.lifetimes = new Lifetimes(options.expiration, options.maxLifetime);
		this.warnings = warnings;
	}

	public Instant now() {
		return this.clock.instant();
	}

	public Duration defaultInterval() {
		return this.options.timeout;
	}

	public SaveMode saveMode() {
		return this.options.saveMode;
	}

	public SessionCodec codec() {
		return this.options.codec;
	}

	public UnreadablePolicy onUnreadable() {
		return this.options.onUnreadable;
	}

	public SessionClaims claims() {
		return this.options.claims;
	}

	public KvSessionStatistics statistics() {
		return this.options.statistics;
	}

	/**
	 * Why a change that makes a session's record too large is rejected, or {@code null}
	 * if it is not.
	 */
	public @Nullable KvException tooLarge(@Nullable Snapshot known, SessionChange change) {
		return new RecordLimit(this.options.maxRecordSize.toBytes()).refusal(known, change);
	}

	public SessionWarnings warnings() {
		return this.warnings;
	}

	public HybridClock stamps() {
		return this.stamps;
	}

	public Lifetimes lifetimes() {
		return this.lifetimes;
	}

}
