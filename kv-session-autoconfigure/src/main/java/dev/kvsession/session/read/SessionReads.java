package dev.kvsession.session.read;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.codec.UnknownKeyException;
import dev.kvsession.codec.UnreadableAttributeException;
import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.record.AttributeCell;
import dev.kvsession.session.record.Lifetimes;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SecurityContexts;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.UnreadablePolicy;

/**
 * Reads sessions from KV in single flight, and weighs what KV returns against what this
 * instance knows better. Safe for concurrent use.
 */
public final class SessionReads {

	private static final Logger logger = LoggerFactory.getLogger(SessionReads.class);

	/**
	 * For how long after a record's write an absence is not believed: as long as a reader
	 * may lag.
	 */
	private static final Duration YOUNG = Lifetimes.LONGEST_READER_LAG;

	/** Missing keys told apart in the log; nobody exchanges so many. */
	private static final int MOST_UNKNOWN_KEYS = 32;

	private final Set<String> unknownKeys = ConcurrentHashMap.newKeySet();

	private final ConcurrentMap<String, Flight> underWay = new ConcurrentHashMap<>();

	private final KvEngine kv;

	private final SessionMemory memory;

	private final SessionContext context;

	private final SessionKeys keys;

	private final InstantSource clock;

	private final Runnable answered;

	public SessionReads(KvEngine kv, SessionMemory memory, SessionContext context, Runnable answered) {
		this.kv = kv;
		this.memory = memory;
		this.context = context;
		this.keys = context.settings().keys;
		this.clock = context.clock();
		this.answered = answered;
	}

	/**
	 * Reads a session in single flight; empty if there is none or it has ended. May be
	 * stale as any read of KV, but never staler than our own write of the last two
	 * minutes, nor than a pinned one of the last nine. Fails with
	 * {@link UnseenSessionException} if a write of the last two minutes was evicted and
	 * KV does not show it. The read of a known session does not join one of an unknown
	 * id, which may wait longer.
	 */
	public CompletableFuture<Optional<LiveSession>> load(String id) {
		Flight mine = new Flight(isKnown(id) ? KvCallClass.READ : KvCallClass.UNKNOWN_ID, new CompletableFuture<>());
		Flight flight = this.underWay.compute(id,
				(key, other) -> (other != null && other.callClass().compareTo(mine.callClass()) <= 0) ? other : mine);
		if (flight == mine) {
			land(id, mine, ask(id, mine.callClass()));
		}
		return flight.done();
	}

	private void land(String id, Flight flight, CompletionStage<Optional<String>> answer) {
		answer.thenApply((text) -> accept(id, text)).whenComplete((found, ex) -> {
			this.underWay.remove(id, flight);
			Stages.complete(flight.done(), found, ex);
		});
	}

	/**
	 * Reads sessions that are not known here in one call, except those that are being
	 * read already. Returns the first one's session once all have been read.
	 */
	public CompletableFuture<Optional<LiveSession>> loadAll(List<String> ids) {
		Map<String, Flight> mine = new LinkedHashMap<>();
		List<CompletableFuture<Optional<LiveSession>>> all = new ArrayList<>();
		for (String id : ids) {
			Flight fresh = new Flight(KvCallClass.UNKNOWN_ID, new CompletableFuture<>());
			Flight flight = Objects.requireNonNullElse(this.underWay.putIfAbsent(id, fresh), fresh);
			all.add(flight.done());
			if (flight == fresh) {
				mine.put(id, fresh);
			}
		}
		if (!mine.isEmpty()) {
			List<String> wanted = mine.keySet().stream().map(this.keys::record).toList();
			CompletionStage<Map<String, String>> answer = Stages
				.start(() -> this.kv.getAll(wanted, KvCallClass.UNKNOWN_ID))
				.thenApply(this::answered);
			mine.forEach((id, flight) -> land(id, flight,
					answer.thenApply((found) -> Optional.ofNullable(found.get(this.keys.record(id))))));
		}
		return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
			.handle((done, ex) -> all.get(0))
			.thenCompose((first) -> first);
	}

	private boolean isKnown(String id) {
		return this.memory.sessions().get(id) != null || this.memory.sessions().isOwnWrite(id);
	}

	/**
	 * Reads a session again in the background, beside any read that a request waits for.
	 */
	CompletionStage<Void> reload(LiveSession live, KvCallClass callClass) {
		Snapshot begun = live.snapshot();
		return ask(live.id(), callClass).thenAccept((text) -> reloaded(live, begun, text));
	}

	/*
	 * What was evicted meanwhile is not brought back. An absence tells nothing of a state
	 * that was written or read after the question.
	 */
	private void reloaded(LiveSession live, Snapshot begun, Optional<String> text) {
		this.context.settings().statistics.add(KvSessionEvent.REFRESHED);
		boolean current = this.memory.sessions().get(live.id()) == live;
		if (current && (text.isPresent() || live.snapshot() == begun)) {
			accept(live.id(), text);
		}
	}

	private CompletionStage<Optional<String>> ask(String id, KvCallClass callClass) {
		return Stages.start(() -> this.kv.get(this.keys.record(id), callClass)).thenApply(this::answered);
	}

	private <T> T answered(T answer) {
		this.answered.run();
		return answer;
	}

	/** Takes over what KV returned for an id; returns the session to use, or empty. */
	public Optional<LiveSession> accept(String id, Optional<String> text) {
		if (this.memory.isEnded(id)) {
			return Optional.empty();
		}
		return text.isPresent() ? found(id, text.get()) : absent(id, null);
	}

	/**
	 * Takes over what KV returned for the session of a request, which may have been
	 * evicted.
	 */
	public Optional<LiveSession> accept(LiveSession live, Optional<String> text) {
		String id = live.id();
		if (text.isEmpty() && !this.memory.isEnded(id)) {
			return absent(id, live);
		}
		try {
			return accept(id, text);
		}
		catch (UnseenSessionException ex) {
			// The request may have what is not held here any more.
			if (this.memory.sessions().isOutdated(live)) {
				throw ex;
			}
			return Optional.of(live);
		}
	}

	/** Adopts a record from a handoff, as if KV had returned it. */
	Optional<LiveSession> adopt(String id, String text) {
		Snapshot snapshot = this.memory.isEnded(id) ? null : decode(id, () -> text);
		if (snapshot == null) {
			return Optional.empty();
		}
		LiveSession session = this.memory.sessions().adopt(id, snapshot, this.clock.millis());
		this.memory.scheduleTouch(session);
		return Optional.of(session);
	}

	/*
	 * KV remembers for a minute or more that a key was absent, and not every reader sees
	 * a new key at once: an absence proves nothing about a record that was written a
	 * moment ago, here or elsewhere.
	 */
	private Optional<LiveSession> absent(String id, @Nullable LiveSession used) {
		LiveSession remembered = this.memory.sessions().get(id);
		LiveSession held = (remembered != null) ? remembered : used;
		boolean young = this.memory.sessions().isOwnWrite(id)
				|| (held != null && held.isWrittenWithin(YOUNG, this.clock.millis()));
		if (young && (held == null || this.memory.sessions().isOutdated(held))) {
			throw UnseenSessionException.forgotten(id);
		}
		// mutant: young-record
		if (held != null && young) {
			held.freshness().unseen(this.clock.millis());
			return Optional.of(held);
		}
		this.context.settings().statistics.add(
				(held != null) ? KvSessionEvent.SERVED_AFTER_END : KvSessionEvent.UNKNOWN_ID,
				(held != null) ? held.freshness().countServedLate() : 1);
		this.memory.absent(id);
		return Optional.empty();
	}

	private Optional<LiveSession> found(String id, String text) {
		Snapshot snapshot = decode(id, () -> this.context.opened(this.keys.record(id), text));
		if (snapshot == null) {
			return Optional.empty();
		}
		LiveSession session = this.memory.sessions().offer(id, snapshot, this.clock.millis());
		if (session.snapshot() == snapshot) {
			// Else the state is known, and so is when its touch is due or under way.
			this.memory.scheduleTouch(session);
		}
		return this.memory.isEnded(id) ? Optional.empty() : Optional.of(session);
	}

	/**
	 * Decodes a record; {@code null} if it is to count as absent. Throws if it is
	 * unreadable and the policy is to fail.
	 */
	private @Nullable Snapshot decode(String id, Supplier<String> record) {
		try {
			String text = record.get();
			LiveSession held = this.memory.sessions().get(id);
			Snapshot snapshot = new Snapshot(this.context.settings().codec.decode(text),
					text.getBytes(StandardCharsets.UTF_8).length, Map.of(), (held != null) ? held.snapshot() : null);
			if (isUsable(id, snapshot)) {
				return snapshot;
			}
			unreadable(id);
			return null;
		}
		catch (UnreadableRecordException ex) {
			if (this.context.settings().onUnreadable == UnreadablePolicy.FAIL) {
				throw ex;
			}
			if (unreadable(id)) {
				this.context.warnings()
					.warn(logger, subject(ex), ex,
							"Session " + SessionIdHash.of(id) + " counts as absent and is left as it is in KV",
							ex.getMessage());
			}
			return null;
		}
	}

	/*
	 * Each missing key is told by itself, though not so many as somebody who can write to
	 * KV can make up.
	 */
	private String subject(UnreadableRecordException ex) {
		String name = (ex instanceof UnknownKeyException unknown) ? unknown.keyName() : null;
		boolean told = name != null && (this.unknownKeys.contains(name)
				|| this.unknownKeys.size() < MOST_UNKNOWN_KEYS && this.unknownKeys.add(name));
		return told ? "sessions encrypted with the missing key '" + name + "'" : "sessions that cannot be read";
	}

	private boolean unreadable(String id) {
		this.context.settings().statistics.add(KvSessionEvent.UNREADABLE);
		return this.memory.sessions().unreadable(id);
	}

	/*
	 * A session whose security context is unreadable is no session, unless the policy
	 * says otherwise: without it, the user would seem logged out and keep the cookie.
	 */
	private boolean isUsable(String id, Snapshot snapshot) {
		AttributeCell cell = snapshot.cell(SecurityContexts.ATTRIBUTE);
		if (cell == null) {
			return true;
		}
		try {
			boolean readable = cell.value(this.context) != null;
			return readable || this.context.settings().onUnreadable == UnreadablePolicy.DROP_ATTRIBUTE;
		}
		catch (UnreadableAttributeException ex) {
			throw new UnreadableRecordException(
					"The security context of session " + SessionIdHash.of(id) + " cannot be read: " + ex.getMessage(),
					ex);
		}
	}

	/** A read in flight. */
	private record Flight(KvCallClass callClass, CompletableFuture<Optional<LiveSession>> done) {
	}

}
