package dev.kvsession.session.read;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Cache;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvException;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.codec.Stamp;
import dev.kvsession.session.handoff.Handoff;
import dev.kvsession.session.memory.EngineCaches;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.SessionSettings;

/**
 * Reads sessions of which a handoff knows more than this instance: returns what KV shows,
 * if it shows enough, else what the handoff carries. Safe for concurrent use.
 */
public final class HandoffReads {

	/**
	 * For how long KV is not asked again for a state that neither it nor the cookie has:
	 * the requests of one page.
	 */
	private static final Duration ASKED_KEPT = Duration.ofSeconds(2);

	private static final int MAX_ASKED = 10_000;

	private final ConcurrentMap<String, CompletableFuture<Optional<LiveSession>>> underWay = new ConcurrentHashMap<>();

	private final Cache<String, Stamp> asked;

	private final KvEngine kv;

	private final SessionReads reads;

	private final SessionMemory memory;

	private final Consumer<String> endedElsewhere;

	private final KvSessionStatistics statistics;

	private final SessionKeys keys;

	private final InstantSource clock;

	private final Duration freshness;

	private final BooleanSupplier trusted;

	public HandoffReads(KvEngine kv, SessionReads reads, SessionMemory memory, Consumer<String> endedElsewhere,
			SessionContext context) {
		SessionSettings settings = context.settings();
		this.kv = kv;
		this.reads = reads;
		this.memory = memory;
		this.endedElsewhere = endedElsewhere;
		this.statistics = settings.statistics;
		this.keys = settings.keys;
		this.clock = context.clock();
		this.freshness = settings.nearCache.freshness();
		HandoffKey key = settings.handoffKey;
		this.trusted = (key != null && key.isOfToken()) ? kv::isTokenAccepted : () -> true;
		this.asked = new EngineCaches(context.runtime().nanoTime()).ofIds(ASKED_KEPT, MAX_ASKED);
	}

	/**
	 * Whether a handoff may know something that this instance does not, unless KV was
	 * asked a moment ago.
	 */
	public boolean mayTellMoreThan(Handoff handoff, LiveSession known) {
		return known.mayLack(handoff.rev(), handoff.record() != null)
				&& (handoff.record() != null || !handoff.rev().equals(this.asked.getIfPresent(handoff.id())));
	}

	/**
	 * Reads a session together with its markers; returns the newest state that KV and the
	 * handoff know of, or empty if it has ended. Fails with
	 * {@link UnseenSessionException} if neither has a record. The id of a sealed handoff
	 * is no guess; a signed id alone may be one that KV never had, and is not asked for
	 * again within {@link #ASKED_KEPT}.
	 */
	public CompletableFuture<Optional<LiveSession>> load(Handoff handoff) {
		if (handoff.isOfId() && handoff.rev().equals(this.asked.getIfPresent(handoff.id()))) {
			return CompletableFuture.failedFuture(UnseenSessionException.elsewhere(handoff.id()));
		}
		String state = handoff.rev() + handoff.id();
		CompletableFuture<Optional<LiveSession>> mine = new CompletableFuture<>();
		CompletableFuture<Optional<LiveSession>> joined = this.underWay.putIfAbsent(state, mine);
		if (joined != null) {
			return joined;
		}
		List<String> wanted = new ArrayList<>(this.keys.markers(handoff.id()));
		wanted.add(this.keys.record(handoff.id()));
		KvCallClass callClass = handoff.isOfId() ? KvCallClass.UNKNOWN_ID : KvCallClass.READ;
		Stages.start(() -> this.kv.getAll(wanted, callClass))
			.thenApply((found) -> answered(handoff, found))
			.handle((found, ex) -> (ex != null) ? failed(handoff, Stages.unwrap(ex))
					: CompletableFuture.completedFuture(found))
			.thenCompose((outcome) -> outcome)
			.whenComplete((found, ex) -> {
				this.underWay.remove(state, mine);
				Stages.complete(mine, found, ex);
			});
		return mine;
	}

	private Optional<LiveSession> answered(Handoff handoff, Map<String, String> found) {
		String id = handoff.id();
		if (this.keys.markers(id).stream().anyMatch(found::containsKey)) {
			this.endedElsewhere.accept(id);
			return Optional.empty();
		}
		String text = found.get(this.keys.record(id));
		if (text == null) {
			return unseen(handoff);
		}
		Optional<LiveSession> read = this.reads.accept(id, Optional.of(text));
		if (read.isEmpty() || !read.get().mayLack(handoff.rev(), handoff.record() != null)) {
			return read;
		}
		if (handoff.record() != null) {
			return adopt(handoff, handoff.record());
		}
		this.asked.put(id, handoff.rev());
		return read;
	}

	private Optional<LiveSession> unseen(Handoff handoff) {
		if (handoff.record() != null) {
			return adopt(handoff, handoff.record());
		}
		LiveSession held = this.memory.sessions().get(handoff.id());
		if (held != null || handoff.isOfId()) {
			this.asked.put(handoff.id(), handoff.rev());
		}
		if (held == null) {
			throw UnseenSessionException.elsewhere(handoff.id());
		}
		return this.reads.accept(handoff.id(), Optional.empty()).or(() -> {
			throw UnseenSessionException.elsewhere(handoff.id());
		});
	}

	/*
	 * KV cannot be asked, so a gone marker would not be noticed; the handoff's age bounds
	 * the harm. A token that KV has not accepted is not trusted: anybody may know it, and
	 * seal a handoff.
	 */
	private CompletionStage<Optional<LiveSession>> failed(Handoff handoff, Throwable ex) {
		if (!this.trusted.getAsBoolean()) {
			return CompletableFuture.failedFuture(ex);
		}
		if (ex instanceof KvException && handoff.record() != null) {
			return CompletableFuture.completedFuture(adopt(handoff, handoff.record()));
		}
		if (!(ex instanceof KvException unanswered) || ex instanceof UnseenSessionException) {
			return CompletableFuture.failedFuture(ex);
		}
		LiveSession held = this.memory.sessions().get(handoff.id());
		if (held == null) {
			return CompletableFuture.failedFuture(UnseenSessionException.unanswered(handoff.id(), unanswered));
		}
		boolean fresh = held.freshness().isKnownWithin(this.freshness, this.clock.millis());
		return fresh ? CompletableFuture.completedFuture(Optional.of(held)) : this.reads.load(handoff.id());
	}

	private Optional<LiveSession> adopt(Handoff handoff, String record) {
		Optional<LiveSession> taken = this.reads.adopt(handoff.id(), record);
		if (taken.isPresent() && this.memory.isEnded(handoff.id())) {
			// Ended while it was taken over.
			this.memory.sessions().remove(handoff.id());
			return Optional.empty();
		}
		taken.ifPresent((session) -> {
			session.adopt(handoff.rev());
			this.statistics.add(KvSessionEvent.HANDOFF_USED);
		});
		return taken;
	}

}
