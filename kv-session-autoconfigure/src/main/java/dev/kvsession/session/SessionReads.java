package dev.kvsession.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.engine.KvCallClass;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.UnreadableAttributeException;
import dev.kvsession.codec.UnreadableRecordException;

/**
 * Reads sessions from KV, one call for all who ask for the same id at the same time, and
 * weighs what KV returns against what this instance knows better. Safe for concurrent
 * use.
 */
final class SessionReads {

	private static final Logger logger = LoggerFactory.getLogger(SessionReads.class);

	/**
	 * For how long after a record's write KV's answer that there is none is not believed:
	 * as long as own writes are kept.
	 */
	private static final Duration YOUNG = NearCache.OWN_WRITES_KEPT;

	private final ConcurrentMap<String, CompletableFuture<Optional<LiveSession>>> underWay = new ConcurrentHashMap<>();

	private final KvEngine kv;

	private final SessionMemory memory;

	private final SessionContext context;

	private final SessionKeys keys;

	private final InstantSource clock;

	SessionReads(KvEngine kv, SessionMemory memory, SessionContext context, SessionKeys keys, InstantSource clock) {
		this.kv = kv;
		this.memory = memory;
		this.context = context;
		this.keys = keys;
		this.clock = clock;
	}

	/**
	 * Reads a session, joining a read of it that is already under way.
	 * @param id the id
	 * @return the session, or empty if there is none or it has ended; may be stale as any
	 * read from KV, but never staler than an own write of the last two minutes
	 */
	CompletableFuture<Optional<LiveSession>> load(String id) {
		CompletableFuture<Optional<LiveSession>> mine = new CompletableFuture<>();
		CompletableFuture<Optional<LiveSession>> joined = this.underWay.putIfAbsent(id, mine);
		if (joined != null) {
			return joined;
		}
		Stages.start(() -> this.kv.get(this.keys.record(id), KvCallClass.READ))
			.thenCompose((text) -> confirmed(id, text))
			.thenApply((text) -> accept(id, text))
			.whenComplete((found, ex) -> {
				this.underWay.remove(id, mine);
				if (ex != null) {
					mine.completeExceptionally(Stages.unwrap(ex));
				}
				else {
					mine.complete(found);
				}
			});
		return mine;
	}

	/*
	 * A single value comes as it is, without the API's envelope, so a proxy's page with
	 * status 200 could pass for one. What does not look like a record is read again with
	 * its envelope, before the user is told to have no session.
	 */
	private CompletionStage<Optional<String>> confirmed(String id, Optional<String> text) {
		if (text.isEmpty() || (text.get().startsWith("{") && text.get().contains("\"schema\""))) {
			return CompletableFuture.completedFuture(text);
		}
		String key = this.keys.record(id);
		return this.kv.getAll(List.of(key), KvCallClass.READ).thenApply((found) -> Optional.ofNullable(found.get(key)));
	}

	/**
	 * Takes over what KV returned for an id.
	 * @param id the id
	 * @param text the record, or empty if KV has none
	 * @return the session as it is to be used, or empty
	 */
	Optional<LiveSession> accept(String id, Optional<String> text) {
		if (this.memory.isEnded(id)) {
			return Optional.empty();
		}
		return text.isPresent() ? found(id, text.get()) : absent(id, null);
	}

	/**
	 * Takes over what KV returned for a session that a request has been working on, which
	 * may not be remembered any more.
	 * @param live the session as the request knows it
	 * @param text the record, or empty if KV has none
	 * @return the session as it is to be used, or empty
	 */
	Optional<LiveSession> accept(LiveSession live, Optional<String> text) {
		String id = live.id();
		return (text.isPresent() || this.memory.isEnded(id)) ? accept(id, text) : absent(id, live);
	}

	/**
	 * Takes over what another instance has handed over for an id, as if KV had returned
	 * it.
	 * @param id the id
	 * @param text the record
	 * @return the session as it is to be used, or empty
	 */
	Optional<LiveSession> handedOver(String id, String text) {
		Snapshot snapshot = this.memory.isEnded(id) ? null : decode(id, text);
		if (snapshot == null) {
			return Optional.empty();
		}
		LiveSession session = this.memory.sessions().handedOver(id, snapshot, this.clock.millis());
		this.memory.scheduleTouch(session);
		return Optional.of(session);
	}

	/*
	 * KV remembers for a minute or more that a key was absent, and not every reader sees
	 * a new key at once, so an absence proves nothing about a record that was written a
	 * moment ago, be it here or elsewhere.
	 */
	private Optional<LiveSession> absent(String id, @Nullable LiveSession used) {
		LiveSession remembered = this.memory.sessions().get(id);
		LiveSession held = (remembered != null) ? remembered : used;
		boolean young = this.memory.sessions().isOwnWrite(id)
				|| (held != null && held.isWrittenWithin(YOUNG, this.clock.millis()));
		if (held != null && young) {
			held.offer(held.snapshot(), this.clock.millis());
			return Optional.of(held);
		}
		this.memory.sessions().missed(id);
		return Optional.empty();
	}

	private Optional<LiveSession> found(String id, String text) {
		Snapshot snapshot = decode(id, text);
		if (snapshot == null) {
			return Optional.empty();
		}
		LiveSession session = this.memory.sessions().offer(id, snapshot, this.clock.millis());
		this.memory.scheduleTouch(session);
		return Optional.of(session);
	}

	private @Nullable Snapshot decode(String id, String text) {
		try {
			LiveSession held = this.memory.sessions().get(id);
			Snapshot snapshot = new Snapshot(this.context.codec().decode(text),
					text.getBytes(StandardCharsets.UTF_8).length, Map.of(), (held != null) ? held.snapshot() : null);
			if (isUsable(id, snapshot)) {
				return snapshot;
			}
			this.memory.sessions().unreadable(id);
			return null;
		}
		catch (UnreadableRecordException ex) {
			if (this.context.onUnreadable() == UnreadablePolicy.FAIL) {
				throw ex;
			}
			if (this.memory.sessions().unreadable(id)) {
				logger.warn("Session {} counts as absent and is left as it is in KV: {}", SessionIdHash.of(id),
						ex.getMessage());
			}
			return null;
		}
	}

	/*
	 * A session whose security context cannot be read is no session, unless the policy
	 * says otherwise: going on without it would look like a logout that left the cookie
	 * behind.
	 */
	private boolean isUsable(String id, Snapshot snapshot) {
		AttributeCell cell = snapshot.cell(SecurityContexts.ATTRIBUTE);
		if (cell == null) {
			return true;
		}
		try {
			boolean readable = cell.value(this.context.codec(), this.context.onUnreadable()) != null;
			return readable || this.context.onUnreadable() == UnreadablePolicy.DROP_ATTRIBUTE;
		}
		catch (UnreadableAttributeException ex) {
			throw new UnreadableRecordException(
					"The security context of session " + SessionIdHash.of(id) + " cannot be read: " + ex.getMessage(),
					ex);
		}
	}

}
