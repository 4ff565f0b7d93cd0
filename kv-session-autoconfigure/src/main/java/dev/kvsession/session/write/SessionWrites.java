package dev.kvsession.session.write;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.support.Stages;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.session.end.WriteQueues;
import dev.kvsession.session.look.SecondLooks;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.read.SessionReads;
import dev.kvsession.session.record.RecordLimit;
import dev.kvsession.session.record.RecordMerge;
import dev.kvsession.session.record.RecordUpdate;
import dev.kvsession.session.record.SessionChange;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.record.TransientFailure;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SessionIndex;
import dev.kvsession.session.settings.SessionKeys;

/**
 * Writes session records. Each write is applied to the newest state known, so that
 * nobody's change is lost. Safe for concurrent use.
 */
public final class SessionWrites {

	/**
	 * How old a state may be to be written over without another read: the requests of one
	 * page.
	 */
	private static final Duration RECENT = Duration.ofSeconds(5);

	/** Three keys each, of the 100 that one call reads. */
	private static final int MAX_PREDECESSORS = 30;

	private final KvEngine kv;

	private final SessionReads reads;

	private final SessionMemory memory;

	private final SessionContext context;

	private final SessionKeys keys;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private final SecondLooks looks;

	private final WriteQueues queues;

	public SessionWrites(KvEngine kv, SessionReads reads, SessionMemory memory, SessionContext context,
			SecondLooks looks, WriteQueues queues) {
		this.kv = kv;
		this.reads = reads;
		this.memory = memory;
		this.context = context;
		this.keys = context.settings().keys;
		this.clock = context.clock();
		this.nanoTime = context.runtime().nanoTime();
		this.looks = looks;
		this.queues = queues;
	}

	/**
	 * Writes a first record. Reads nothing: KV would remember for a minute that the key
	 * was absent.
	 */
	CompletionStage<LiveSession> create(String id, SessionRecord base, Write write) {
		return put(id, base, write).whenComplete((done, ex) -> this.looks.created(id));
	}

	/**
	 * Applies a change to a session that KV has; empty if it has ended and the change was
	 * dropped.
	 */
	CompletionStage<Optional<LiveSession>> update(LiveSession live, Write write) {
		return newest(live, write.callClass(), write.calls()).thenCompose(
				(found) -> found.isEmpty() ? CompletableFuture.completedFuture(found) : overwrite(found.get(), write));
	}

	/* Also a write that failed may have reached KV. */
	private CompletionStage<Optional<LiveSession>> overwrite(LiveSession newest, Write write) {
		boolean touch = write.callClass() == KvCallClass.TOUCH && write.change().isTouch();
		SessionRecord newestRecord = newest.snapshot().record();
		return put(newest.id(), newestRecord, write)
			.whenComplete((done, ex) -> this.looks.updated(newest.id(), touch, ex != null))
			.thenApply((written) -> {
				removeOldEntries(newest.id(), newestRecord, written.snapshot().record());
				return Optional.of(written);
			});
	}

	/**
	 * Applies pending changes. A state that says the same as the one that was shown keeps
	 * its stamp: a new one would outweigh what another instance has built on it.
	 */
	Snapshot preview(Snapshot shown, Snapshot known, SessionChange change, int recordSize) {
		SessionRecord record = updated(known.record(), change);
		return isShown(shown.record(), known.record(), record) ? shown
				: new Snapshot(record, recordSize, values(record, change), known);
	}

	private static boolean isShown(SessionRecord shown, SessionRecord base, SessionRecord record) {
		return shown.rev().compareTo(base.rev()) > 0 && RecordMerge.isSame(shown, record);
	}

	/* What requests and other instances have seen keeps its stamp when it is written. */
	private SessionRecord asShown(String id, SessionRecord base, SessionRecord record) {
		LiveSession held = this.memory.sessions().held(id);
		SessionRecord shown = (held != null) ? held.shown().record() : record;
		return isShown(shown, base, record) ? RecordMerge.stamped(record, shown.rev()) : record;
	}

	/**
	 * About how large a session's record will be, in bytes; fails if it cannot be stored.
	 * Only claims may make it so, so only with them it is encoded.
	 */
	int recordSize(Snapshot known, SessionChange change) {
		if (change.claims() == null) {
			return (int) Math.max(0, RecordLimit.size(known, change));
		}
		String json = this.context.settings().codec.encode(updated(known.record(), change));
		return json.getBytes(StandardCharsets.UTF_8).length;
	}

	private SessionRecord updated(SessionRecord base, SessionChange change) {
		return new RecordUpdate(base, change).apply(this.context.stamps().next(change.newest(base.rev())),
				this.context.lifetimes());
	}

	/**
	 * Returns the newest state of a session, read again together with its markers unless
	 * it was read or written a moment ago; empty if it has ended. What was read may be a
	 * record that this instance has brought back, so markers that were not read for long
	 * are read.
	 */
	private CompletionStage<Optional<LiveSession>> newest(LiveSession live, KvCallClass callClass,
			Consumer<CompletableFuture<?>> calls) {
		LiveSession recent = recent(live.id());
		if (recent != null) {
			return CompletableFuture.completedFuture(Optional.of(recent));
		}
		String record = this.keys.record(live.id());
		return asked(live.id(), List.of(record), callClass, calls).thenApply(
				(found) -> found.flatMap((values) -> this.reads.accept(live, Optional.ofNullable(values.get(record)))));
	}

	/**
	 * Returns the newest state of a session whose id is to be changed, or empty if it has
	 * ended. Reads its markers in any case: nobody looks for them again under the old id.
	 */
	CompletionStage<Optional<LiveSession>> newestToRename(LiveSession live) {
		LiveSession recent = recent(live.id());
		// mutant: old-id-1
		if (recent == null) {
			return newest(live, KvCallClass.LOGIN, (call) -> {
			});
		}
		return asked(live.id(), List.of(), KvCallClass.LOGIN, (call) -> {
		}).thenApply((found) -> found.map((values) -> recent));
	}

	private @Nullable LiveSession recent(String id) {
		LiveSession held = this.memory.isEnded(id) ? null : this.memory.sessions().get(id);
		// mutant: read-before-write
		boolean recent = held != null && held.freshness().isKnownWithin(RECENT, this.clock.millis())
				&& !held.freshness().isUnseen() && !this.memory.sessions().isOutdated(held)
				&& !this.looks.isMarkerDue(id);
		return recent ? held : null;
	}

	/* Reads keys of a session together with its markers; empty if it has ended. */
	private CompletionStage<Optional<Map<String, String>>> asked(String id, List<String> wanted, KvCallClass callClass,
			Consumer<CompletableFuture<?>> calls) {
		if (this.memory.isEnded(id)) {
			return CompletableFuture.completedFuture(Optional.empty());
		}
		List<String> markers = this.keys.markers(id);
		List<String> all = Stream.concat(wanted.stream(), markers.stream()).toList();
		long begun = this.nanoTime.getAsLong();
		CompletableFuture<Map<String, String>> read = this.kv.getAll(all, callClass);
		calls.accept(read);
		return TransientFailure.ofTheRead(read).thenApply((found) -> {
			if (markers.stream().anyMatch(found::containsKey)) {
				this.looks.endedElsewhere(id);
				return Optional.empty();
			}
			this.looks.markerRead(id, begun);
			return Optional.of(found);
		});
	}

	/**
	 * Notes that a first record will not be written, because the session has ended
	 * elsewhere.
	 */
	void dropped(String id) {
		this.looks.dropped(id);
	}

	/**
	 * Before a deferred record is written, looks whether its session has ended or changed
	 * elsewhere: returns what to make the record of, or empty if it has ended. Does not
	 * read the record's own key, since KV would remember for a minute that it was absent.
	 */
	CompletionStage<Optional<SessionRecord>> recheck(String id, SessionRecord base, Collection<String> predecessors,
			KvCallClass callClass) {
		List<String> before = predecessors.stream().limit(MAX_PREDECESSORS).toList();
		List<String> markers = Stream.concat(Stream.of(id), before.stream())
			.flatMap((one) -> this.keys.markers(one).stream())
			.toList();
		List<String> records = before.stream().map(this.keys::record).toList();
		List<String> read = Stream.concat(markers.stream(), records.stream()).toList();
		return TransientFailure.ofTheRead(this.kv.getAll(read, callClass)).thenApply((found) -> {
			if (markers.stream().anyMatch(found::containsKey)) {
				return Optional.empty();
			}
			return Optional.of(records.stream()
				.map((key) -> decoded(key, found.get(key)))
				.flatMap(Optional::stream)
				.reduce(base, (a, b) -> (a.rev().compareTo(b.rev()) < 0) ? b : a));
		});
	}

	private Optional<SessionRecord> decoded(String key, @Nullable String stored) {
		if (stored == null) {
			return Optional.empty();
		}
		try {
			return Optional.of(this.context.settings().codec.decode(this.context.opened(key, stored)));
		}
		catch (UnreadableRecordException ex) {
			return Optional.empty();
		}
	}

	private CompletionStage<LiveSession> put(String id, SessionRecord base, Write write) {
		SessionChange change = write.change();
		SessionRecord record = asShown(id, base, updated(base, change));
		String json = this.context.settings().codec.encode(record);
		Duration timeToLive = this.context.lifetimes().timeToLive(record, this.clock.instant());
		String key = this.keys.record(id);
		// mutant: ttl
		KvPair pair = new KvPair(key, this.context.sealed(key, json), timeToLive);
		this.memory.sent(id);
		if (this.memory.isEnded(id)) {
			// The end may have seen that nothing was sent, and then makes no call.
			return CompletableFuture.failedFuture(new CancellationException("The session has ended"));
		}
		CompletableFuture<Void> sent = this.kv.putAll(this.context.settings().index.with(pair, id, record),
				write.callClass());
		write.calls().accept(sent);
		return sent.handle((done, ex) -> {
			if (ex != null) {
				failed(id, change, Stages.unwrap(ex));
				throw Stages.rethrowable(ex);
			}
			this.memory.writeAcknowledged(id);
			return acknowledged(id, record, json, change);
		});
	}

	/*
	 * In the session's queue, so that a second passes before one of them is written
	 * again. If that fails, they stay until they expire; nobody is shown them.
	 */
	private void removeOldEntries(String id, SessionRecord base, SessionRecord record) {
		if (base.indexes() == null || base.indexes() == record.indexes()) {
			return;
		}
		SessionIndex index = this.context.settings().index;
		List<String> old = new ArrayList<>(index.keys(id, base));
		old.removeAll(index.keys(id, record));
		if (!old.isEmpty()) {
			this.queues.enqueue(id, () -> {
				LiveSession newest = this.memory.sessions().get(id);
				old.removeAll((newest != null) ? index.keys(id, newest.snapshot().record()) : List.of());
				return old.isEmpty() ? CompletableFuture.failedFuture(new CancellationException("In use again"))
						: this.kv.deleteAll(old, KvCallClass.WRITE)
							.whenComplete((done, ex) -> this.looks.entriesDeleted(id, old));
			});
		}
	}

	private void failed(String id, SessionChange change, Throwable failure) {
		if (!(failure instanceof CancellationException)) {
			this.memory.writeFailed(id, change);
			this.memory.sessions().doubt(id);
		}
	}

	private LiveSession acknowledged(String id, SessionRecord record, String json, SessionChange change) {
		int size = json.getBytes(StandardCharsets.UTF_8).length;
		this.context.settings().statistics.add(KvSessionEvent.RECORD_WRITTEN);
		this.context.settings().statistics.add(KvSessionEvent.RECORD_BYTES_WRITTEN, size);
		LiveSession held = this.memory.sessions().get(id);
		Snapshot snapshot = new Snapshot(record, size, values(record, change), (held != null) ? held.snapshot() : null);
		if (this.memory.isEnded(id)) {
			return new LiveSession(id, snapshot, this.clock.millis());
		}
		LiveSession session = this.memory.sessions().written(id, snapshot, this.clock.millis());
		this.memory.scheduleTouch(session);
		return session;
	}

	/* The live values of those changes that no newer one outweighed. */
	private static Map<String, Object> values(SessionRecord record, SessionChange change) {
		Map<String, Object> values = new HashMap<>();
		change.attributes().forEach((name, attribute) -> {
			if (attribute.value() != null && Objects.equals(attribute.stored(), record.attributes().get(name))) {
				values.put(name, attribute.value());
			}
		});
		return values;
	}

	/** A write; {@code calls} is given each of its calls, so that it can be cancelled. */
	record Write(SessionChange change, KvCallClass callClass, Consumer<CompletableFuture<?>> calls) {

	}

}
