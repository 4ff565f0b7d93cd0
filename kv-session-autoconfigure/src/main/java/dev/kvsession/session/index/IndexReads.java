package dev.kvsession.session.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
import dev.kvsession.session.end.WriteQueues;
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

	/** When KV's readers see a write for certain. */
	private static final Duration SHOWN = Duration.ofMinutes(10);

	private final KvEngine kv;

	private final SessionReads reads;

	private final SessionMemory memory;

	private final SessionContext context;

	private final SessionKeys keys;

	private final IndexKeys indexKeys;

	private final Predicate<String> idShape;

	private final WriteQueues queues;

	public IndexReads(KvEngine kv, SessionReads reads, SessionMemory memory, SessionContext context,
			IndexKeys indexKeys, Predicate<String> idShape, WriteQueues queues) {
		this.kv = kv;
		this.queues = queues;
		this.reads = reads;
		this.memory = memory;
		this.context = context;
		this.keys = context.settings().keys;
		this.indexKeys = indexKeys;
		this.idShape = idShape;
	}

	/** Finds the sessions with a value in an index, those of which KV lists an entry. */
	CompletableFuture<List<Found>> all(String indexName, String value, KvCallClass callClass) {
		return all(indexName, value, callClass, (found) -> {
		});
	}

	/** As above; {@code ended} gets the entries of sessions that ended here. */
	CompletableFuture<List<Found>> all(String indexName, String value, KvCallClass callClass, Consumer<Found> ended) {
		return listed(indexName, value, "", callClass).thenApply((listed) -> {
			listed.stream().filter((found) -> this.memory.isEndedHere(found.id())).forEach(ended);
			return merged(indexName, value, notEnded(listed));
		});
	}

	/** Finds the session with a handle and a value in an index. */
	CompletableFuture<List<Found>> one(String indexName, String value, String handle, KvCallClass callClass) {
		List<Found> here = known(indexName, value).filter((found) -> UserSession.handleOf(found.id()).equals(handle))
			.toList();
		return here.isEmpty() ? listed(indexName, value, handle, callClass).thenApply(this::notEnded)
				: CompletableFuture.completedFuture(here);
	}

	/**
	 * The session that a sign-out leaves alone, as this instance or KV has it. One that
	 * neither has, or that cannot be read, is known by its id alone.
	 */
	CompletableFuture<Found> kept(String id, String indexName, String value) {
		String next = this.memory.successor(id);
		LiveSession live = this.memory.sessions().get(id);
		Found known = (live != null) ? Found.of(live, indexName, value) : null;
		if (next != null && known == null) {
			// Another request has changed the id, and is not just changing it.
			return kept(next, indexName, value);
		}
		Found unknown = Found.byId(id);
		return (known != null) ? CompletableFuture.completedFuture(known.unread())
				: read(List.of(unknown), indexName, value, KvCallClass.READ)
					.handle((read, ex) -> (ex != null || read.isEmpty()) ? unknown : read.get(0).unread());
	}

	/* One listing after the other: there are several only while keys are exchanged. */
	private CompletableFuture<List<Found>> listed(String indexName, String value, String handle,
			KvCallClass callClass) {
		List<Found> found = new ArrayList<>();
		// mutant: old-names
		return inTurn(this.indexKeys.prefixes(indexName, value).iterator(),
				(prefix) -> page(prefix, handle, null, callClass, found, 1))
			.thenApply((done) -> found);
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
		IndexEntry entry = IndexEntry.of(key, prefix, this.indexKeys.seal());
		return (entry != null && this.idShape.test(entry.id())) ? Found.of(entry) : null;
	}

	private List<Found> notEnded(List<Found> listed) {
		return listed.stream().filter((found) -> !this.memory.isEnded(found.id())).toList();
	}

	private List<Found> merged(String indexName, String value, List<Found> listed) {
		Map<String, Found> all = new LinkedHashMap<>();
		listed.forEach((found) -> all.put(found.id(), found));
		known(indexName, value).forEach((found) -> all.put(found.id(), found));
		return List.copyOf(all.values());
	}

	/**
	 * Finds the sessions that this instance knows with a value in an index; {@code live}
	 * is {@code null} if the session may have ended elsewhere.
	 */
	Stream<Found> known(String indexName, String value) {
		return this.memory.sessions()
			.known()
			.filter((live) -> !this.memory.isEnded(live.id()) && !isExpired(live))
			.map((live) -> Found.of(live, indexName, value))
			.flatMap(Stream::ofNullable)
			.map((found) -> isCurrent(found.live()) ? found : found.unread());
	}

	/* What was not in use for a while may have ended elsewhere. */
	private boolean isCurrent(@Nullable LiveSession live) {
		return live != null && (this.memory.sessions().isOwnWrite(live.id())
				|| live.freshness().isKnownWithin(CURRENT, this.context.clock().millis()));
	}

	private boolean isExpired(LiveSession live) {
		return live.isExpired(this.context.lifetimes(), this.context.clock().millis());
	}

	/**
	 * Reads the records of those that this instance does not know, 100 a call, one call
	 * after the other. Leaves out sessions that have ended or have another value in the
	 * index by now; of those that cannot be decoded, {@code live} stays {@code null}.
	 */
	CompletableFuture<List<Found>> read(List<Found> found, String indexName, String value, KvCallClass callClass) {
		List<Found> read = new ArrayList<>();
		return each(found, indexName, value, callClass, (part) -> {
			read.addAll(part);
			return CompletableFuture.completedFuture(true);
		}).thenApply((done) -> read);
	}

	/** The session as this instance knows it now: another object may have taken over. */
	@Nullable LiveSession newest(Found found) {
		LiveSession newest = this.memory.sessions().get(found.id());
		return (newest != null) ? newest : found.live();
	}

	/** Whether the session still has the value in the index. */
	boolean isStill(LiveSession live, String indexName, String value) {
		return !this.memory.isEnded(live.id()) && Found.named(live.shown().record(), indexName, value) != null;
	}

	/** As {@link #read}, but hands on each part before the next is read. */
	CompletableFuture<Boolean> each(List<Found> found, String indexName, String value, KvCallClass callClass,
			Function<List<Found>, CompletableFuture<?>> next) {
		List<Found> unknown = found.stream().filter((one) -> one.live() == null).toList();
		List<List<Found>> parts = new ArrayList<>();
		for (int from = 0; from < unknown.size(); from += KvLimits.MAX_BULK_GET_KEYS) {
			parts.add(unknown.subList(from, Math.min(unknown.size(), from + KvLimits.MAX_BULK_GET_KEYS)));
		}
		Function<List<Found>, CompletableFuture<?>> read = (part) -> records(part, callClass)
			.thenCompose((texts) -> next.apply(opened(part, texts, indexName, value)));
		return next.apply(found.stream().filter((one) -> one.live() != null).toList())
			.thenCompose((done) -> inTurn(parts.iterator(), read));
	}

	private static <T> CompletableFuture<Boolean> inTurn(Iterator<T> parts, Function<T, CompletableFuture<?>> each) {
		return parts.hasNext() ? each.apply(parts.next()).thenCompose((done) -> inTurn(parts, each))
				: CompletableFuture.completedFuture(true);
	}

	private CompletableFuture<Map<String, String>> records(List<Found> part, KvCallClass callClass) {
		return this.kv.getAll(part.stream().map((one) -> this.keys.record(one.id())).toList(), callClass);
	}

	private List<Found> opened(List<Found> part, Map<String, String> texts, String indexName, String value) {
		List<Found> opened = new ArrayList<>();
		for (Found entry : part) {
			String text = texts.get(this.keys.record(entry.id()));
			Found session = (text != null) ? opened(entry, text, indexName, value) : null;
			if (session != null) {
				opened.add(session);
			}
			else if (text == null && isLeft(entry) && !this.queues.isBusy(entry.id())) {
				removeLeft(entry, this.indexKeys.entries(indexName, value, entry.id()));
			}
		}
		return opened;
	}

	/* In the session's queue, as all that writes its entries. */
	private void removeLeft(Found entry, List<String> keys) {
		this.queues.enqueue(entry.id(), () -> isLeft(entry) ? this.kv.deleteAll(keys, KvCallClass.TOUCH)
				: CompletableFuture.failedFuture(new CancellationException("In use again")));
	}

	/* An entry whose record KV would show by now if there were one. */
	private boolean isLeft(Found entry) {
		return entry.writtenAt().isBefore(this.context.clock().instant().minus(SHOWN))
				&& !this.memory.sessions().isOwnWrite(entry.id());
	}

	private @Nullable Found opened(Found entry, String text, String indexName, String value) {
		try {
			Optional<LiveSession> live = this.reads.accept(entry.id(), Optional.of(text));
			if (this.memory.isEnded(entry.id())) {
				return null;
			}
			return live.isEmpty() ? entry
					: live.filter((one) -> !isExpired(one)).map((one) -> Found.of(one, indexName, value)).orElse(null);
		}
		catch (RuntimeException ex) {
			logger.debug("The record of session {} could not be read", SessionIdHash.of(entry.id()));
			return entry;
		}
	}

}
