package dev.kvsession.session.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvLimits;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.read.SessionReads;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionKeys;

/**
 * Finds sessions by a name: in KV's listing, and in this instance's memory, which knows
 * its own logins and logouts before KV shows them. Safe for concurrent use.
 */
public final class IndexReads {

	private static final Logger logger = LoggerFactory.getLogger(IndexReads.class);

	/** Bounds what one user's entries can cost, at 1,000 entries a page. */
	private static final int MOST_PAGES = 100;

	/** As stale as KV's own reads may be. */
	private static final Duration CURRENT = Duration.ofMinutes(1);

	private final KvEngine kv;

	private final SessionReads reads;

	private final SessionMemory memory;

	private final SessionContext context;

	private final SessionKeys keys;

	private final IndexKeys indexKeys;

	private final Predicate<String> idShape;

	public IndexReads(KvEngine kv, SessionReads reads, SessionMemory memory, SessionContext context,
			IndexKeys indexKeys, Predicate<String> idShape) {
		this.kv = kv;
		this.reads = reads;
		this.memory = memory;
		this.context = context;
		this.keys = context.settings().keys;
		this.indexKeys = indexKeys;
		this.idShape = idShape;
	}

	/** Finds the sessions with a value in an index, those of which KV lists an entry. */
	CompletableFuture<List<Found>> all(String indexName, String value, KvCallClass callClass) {
		return listed(this.indexKeys.prefix(indexName, value), "", callClass)
			.thenApply((listed) -> merged(indexName, value, listed));
	}

	/** Finds the session with a handle and a value in an index. */
	CompletableFuture<List<Found>> one(String indexName, String value, String handle, KvCallClass callClass) {
		List<Found> here = known(indexName, value).filter((found) -> UserSession.handleOf(found.id()).equals(handle))
			.toList();
		return here.isEmpty() ? listed(this.indexKeys.prefix(indexName, value), handle, callClass)
				: CompletableFuture.completedFuture(here);
	}

	/**
	 * The session that a sign-out leaves alone, as this instance or KV has it. One that
	 * neither has is known by its id alone.
	 */
	CompletableFuture<Found> kept(String id, String indexName, String value) {
		Found unknown = new Found(id, Instant.MIN, Instant.MIN, this.memory.sessions().get(id));
		LiveSession live = unknown.live();
		Found known = (live != null) ? Found.of(live, indexName, value) : null;
		return (known != null) ? CompletableFuture.completedFuture(known)
				: read(List.of(unknown), indexName, value, KvCallClass.LOGIN)
					.thenApply((read) -> read.isEmpty() ? unknown : read.get(0));
	}

	private CompletableFuture<List<Found>> listed(String prefix, String handle, KvCallClass callClass) {
		List<Found> found = new ArrayList<>();
		return page(prefix, handle, null, callClass, found, 1).thenApply((done) -> found);
	}

	private CompletableFuture<Boolean> page(String prefix, String handle, @Nullable String cursor,
			KvCallClass callClass, List<Found> found, int number) {
		return this.kv.list(prefix + handle, cursor, callClass).thenCompose((page) -> {
			page.keys().stream().map((key) -> entry(key, prefix)).flatMap(Stream::ofNullable).forEach(found::add);
			return (page.cursor() == null || number == MOST_PAGES) ? CompletableFuture.completedFuture(true)
					: page(prefix, handle, page.cursor(), callClass, found, number + 1);
		});
	}

	private @Nullable Found entry(KvKeyPage.Key key, String prefix) {
		IndexEntry entry = IndexEntry.of(key, prefix);
		return (entry != null && this.idShape.test(entry.id()) && !this.memory.isEnded(entry.id())) ? Found.of(entry)
				: null;
	}

	private List<Found> merged(String indexName, String value, List<Found> listed) {
		Map<String, Found> all = new LinkedHashMap<>();
		listed.forEach((found) -> all.put(found.id(), found));
		known(indexName, value).forEach((found) -> all.put(found.id(), found));
		return List.copyOf(all.values());
	}

	private Stream<Found> known(String indexName, String value) {
		return this.memory.sessions()
			.known()
			.filter((live) -> !this.memory.isEnded(live.id()) && !isExpired(live))
			.map((live) -> Found.of(live, indexName, value))
			.flatMap(Stream::ofNullable)
			.map((found) -> isCurrent(found.id()) ? found : found.unread());
	}

	/* What was not in use for a while may have ended elsewhere. */
	private boolean isCurrent(String id) {
		LiveSession live = this.memory.sessions().get(id);
		return this.memory.sessions().isOwnWrite(id)
				|| (live != null && live.freshness().isKnownWithin(CURRENT, this.context.clock().millis()));
	}

	private boolean isExpired(LiveSession live) {
		return live.isExpired(this.context.lifetimes(), this.context.clock().millis());
	}

	/**
	 * Reads the records of those that this instance does not know, 100 a call. Leaves out
	 * sessions that have expired or have another value in the index by now; of those that
	 * cannot be read, {@code live} stays {@code null}.
	 */
	CompletableFuture<List<Found>> read(List<Found> found, String indexName, String value, KvCallClass callClass) {
		List<Found> unknown = found.stream().filter((one) -> one.live() == null).toList();
		CompletableFuture<List<Found>> read = CompletableFuture
			.completedFuture(found.stream().filter((one) -> one.live() != null).toList());
		for (int from = 0; from < unknown.size(); from += KvLimits.MAX_BULK_GET_KEYS) {
			List<Found> part = unknown.subList(from, Math.min(unknown.size(), from + KvLimits.MAX_BULK_GET_KEYS));
			read = read
				.thenCombine(records(part, callClass),
						(before, texts) -> Stream
							.concat(before.stream(),
									part.stream()
										.flatMap((one) -> Stream.ofNullable(opened(one, texts, indexName, value))))
							.toList());
		}
		return read;
	}

	private CompletableFuture<Map<String, String>> records(List<Found> part, KvCallClass callClass) {
		return this.kv.getAll(part.stream().map((one) -> this.keys.record(one.id())).toList(), callClass);
	}

	private @Nullable Found opened(Found entry, Map<String, String> texts, String indexName, String value) {
		String text = texts.get(this.keys.record(entry.id()));
		Function<LiveSession, @Nullable Found> named = (live) -> isExpired(live) ? null
				: Found.of(live, indexName, value);
		if (text == null) {
			return entry;
		}
		try {
			Optional<LiveSession> live = this.reads.accept(entry.id(), Optional.of(text));
			return live.isPresent() ? named.apply(live.get()) : entry;
		}
		catch (RuntimeException ex) {
			logger.debug("The record of session {} could not be read", SessionIdHash.of(entry.id()));
			return entry;
		}
	}

}
