package dev.kvsession.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.util.Assert;

import dev.kvsession.client.KvException;
import dev.kvsession.codec.SessionCodec;

/**
 * What a session needs to know of the repository it belongs to. Safe for concurrent use.
 */
final class SessionContext {

	private final EngineOptions options;

	private final InstantSource clock;

	private final Predicate<String> idShape;

	private final HybridClock stamps;

	private final Lifetimes lifetimes;

	private final UnsavedIds unsaved;

	private final Function<LiveSession, NewestState> newest;

	private final Consumer<KvSession> save;

	private final SessionWarnings warnings;

	/**
	 * Creates the context.
	 * @param options the repository's settings
	 * @param clock the time
	 * @param stamps stamps changes
	 * @param unsaved notes new ids
	 * @param newest tells the newest state known of a session, as it was found
	 * @param save saves a session at once
	 * @param warnings logs what floods would repeat
	 */
	SessionContext(EngineOptions options, InstantSource clock, HybridClock stamps, UnsavedIds unsaved,
			Function<LiveSession, NewestState> newest, Consumer<KvSession> save, SessionWarnings warnings) {
		this.options = options;
		this.clock = clock;
		this.idShape = SessionIdShape.of(options.idGenerator);
		this.stamps = stamps;
		this.lifetimes = new Lifetimes(options.expiration, options.maxLifetime);
		this.unsaved = unsaved;
		this.newest = newest;
		this.save = save;
		this.warnings = warnings;
	}

	/**
	 * Makes an id.
	 * @param replaced the id that it is to replace, or {@code null} of a new session
	 * @return the id
	 */
	String newId(@Nullable String replaced) {
		String id = this.options.idGenerator.generate();
		Assert.state(this.idShape.test(id),
				"The SessionIdGenerator made an id that would never be found; ids need 16 to 128 characters of "
						+ "[A-Za-z0-9._~-]");
		this.unsaved.add(id, replaced);
		return id;
	}

	/**
	 * Notes that others may know an id before KV does, and have to be told of its end.
	 * @param id the id
	 */
	void tellOthers(String id) {
		this.unsaved.remove(id);
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

	/**
	 * Returns the newest state known here of a session.
	 * @param found the session as a request found it, which may not be remembered any
	 * more
	 * @return the state
	 */
	NewestState newest(LiveSession found) {
		return this.newest.apply(found);
	}

	void flush(KvSession session) {
		if (this.options.flushMode == FlushMode.IMMEDIATE) {
			this.save.accept(session);
		}
	}

}
