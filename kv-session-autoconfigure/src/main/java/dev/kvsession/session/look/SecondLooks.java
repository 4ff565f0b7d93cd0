package dev.kvsession.session.look;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.client.http.TransportLimits;
import dev.kvsession.client.support.Stages;
import dev.kvsession.session.end.SessionEnds;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.read.SessionReads;
import dev.kvsession.session.record.GoneMarker;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.SessionIndex;
import dev.kvsession.session.settings.SessionKeys;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.session.settings.SessionWarnings;

/**
 * Looks again at what this instance has written, when KV's readers have caught up:
 * another instance may have overwritten it, or it may have revived a session that had
 * ended elsewhere. Repairs the former, removes the latter. Holds id and time of at most
 * {@link #MAX_PENDING} sessions. Safe for concurrent use.
 */
public final class SecondLooks {

	private static final Logger logger = LoggerFactory.getLogger(SecondLooks.class);

	/**
	 * More writes in five minutes than a busy instance makes; beyond that, there are no
	 * looks.
	 */
	static final int MAX_PENDING = 100_000;

	/**
	 * How long before its answer a call was sent at most: the transport's deadline. The
	 * look may have waited for its call much longer.
	 */
	private static final long LONGEST_CALL_NANOS = TransportLimits.DEFAULT.deadline().toNanos();

	/**
	 * Each plan is used inside the map's lock, so that a write that comes meanwhile
	 * either prolongs a plan or begins a new one.
	 */
	private final ConcurrentMap<String, LookPlan> plans = new ConcurrentHashMap<>();

	private final KvEngine kv;

	private final SessionReads reads;

	private final SessionMemory memory;

	private final SessionContext context;

	private final SessionKeys keys;

	private final SessionEnds ends;

	private final SessionRuntime runtime;

	private final Consumer<LiveSession> mend;

	private final Consumer<String> end;

	public SecondLooks(KvEngine kv, SessionReads reads, SessionMemory memory, SessionContext context, SessionEnds ends,
			Consumer<LiveSession> mend, Consumer<String> end) {
		this.kv = kv;
		this.reads = reads;
		this.memory = memory;
		this.context = context;
		this.keys = context.settings().keys;
		this.ends = ends;
		this.runtime = context.runtime();
		this.mend = mend;
		this.end = end;
	}

	/**
	 * Plans looks at a first record. Nobody can have written it without knowing this
	 * write, so one look is enough, unless the session had another id, which somebody may
	 * end elsewhere.
	 */
	public void created(String id) {
		planOrRemove(id, predecessors(id).isEmpty() ? LookPlan.ONCE : LookPlan.UNTIL_SURE, false);
	}

	/**
	 * Plans looks at a record that was, or may have been, written over another one. What
	 * a touch has overwritten is repaired by its writer. Of a write that failed KV may
	 * have the record without its index entries, so what is found is written again.
	 */
	public void updated(String id, boolean touched, boolean failed) {
		boolean half = failed && this.context.settings().index != SessionIndex.NONE;
		planOrRemove(id, (touched && !half) ? LookPlan.TOUCHED : LookPlan.UNTIL_SURE, half);
	}

	/**
	 * Plans looks after index entries were deleted because the session has other names.
	 * If another instance gave it the old ones again just before, they are written again.
	 */
	public void entriesDeleted(String id, List<String> entries) {
		planOrRemove(id, LookPlan.UNTIL_SURE, test(id, LookPlan::isHalf));
		test(id, (plan) -> {
			plan.deleted(entries);
			return true;
		});
	}

	/**
	 * Ends a session whose record will not be written. Perhaps only this instance knows
	 * its predecessors, so it looks for their end.
	 */
	public void dropped(String id) {
		endedElsewhere(id);
		if (!predecessors(id).isEmpty()) {
			planOrRemove(id, LookPlan.UNTIL_SURE, false);
		}
	}

	/*
	 * A marker may be found before or after the answer to our write; the second removes
	 * the record.
	 */
	private void planOrRemove(String id, Duration lastLook, boolean half) {
		if (this.memory.isEndedElsewhere(id) && predecessors(id).isEmpty()) {
			this.ends.removeRecord(id);
			return;
		}
		// mutant: second-look
		if (this.plans.size() >= MAX_PENDING && !this.plans.containsKey(id)) {
			logger.debug("Session {} will not be looked at again: too many are waiting", SessionIdHash.of(id));
			return;
		}
		boolean[] first = new boolean[1];
		this.plans.compute(id, (key, known) -> {
			first[0] = (known == null);
			LookPlan plan = (known != null) ? known : new LookPlan();
			plan.written(now(), lastLook);
			plan.half(half);
			return plan;
		});
		if (first[0]) {
			later(id, LookPlan.first(this.runtime.jitter().getAsDouble()));
		}
		removeIfWritten(id);
	}

	/**
	 * Ends a session here whose marker was found. Removes a record that was written here
	 * lately, after a write in flight: the write may have been after the end.
	 */
	public void endedElsewhere(String id) {
		this.memory.endedElsewhere(id);
		removeIfWritten(id);
	}

	/*
	 * Where the session goes on elsewhere under another id, only this instance may know
	 * the predecessors, under which it may be ended: it goes on looking.
	 */
	private void removeIfWritten(String id) {
		// mutant: learnt-end
		if (this.memory.isEndedElsewhere(id)
				&& (predecessors(id).isEmpty() ? this.plans.remove(id) != null : this.plans.containsKey(id))) {
			this.ends.removeRecord(id);
		}
	}

	private boolean isDone(String id) {
		return this.memory.isEndedHere(id) || (this.memory.isEnded(id) && predecessors(id).isEmpty());
	}

	private List<String> predecessors(String id) {
		// mutant: old-id-2
		return this.memory.predecessors(id);
	}

	/**
	 * Whether the markers are to be read before a session is written again, however fresh
	 * its state: what KV shows may be our own write over a record that had ended.
	 */
	public boolean isMarkerDue(String id) {
		return test(id, (plan) -> plan.isMarkerDue(now()));
	}

	/** Notes that the markers were asked for at that time and not found. */
	public void markerRead(String id, long askedNanos) {
		test(id, (plan) -> {
			plan.markerRead(askedNanos);
			return true;
		});
	}

	private boolean test(String id, Predicate<LookPlan> question) {
		boolean[] answer = new boolean[1];
		this.plans.computeIfPresent(id, (key, plan) -> {
			answer[0] = question.test(plan);
			return plan;
		});
		return answer[0];
	}

	private void later(String id, Duration delay) {
		try {
			this.runtime.scheduler().schedule(() -> due(id), delay);
		}
		catch (RejectedExecutionException ex) {
			this.plans.remove(id); // This instance is shutting down.
		}
	}

	private void due(String id) {
		if (isDone(id)) {
			this.plans.remove(id);
			return;
		}
		// What may have to be mended stays known while a look waits for a call, or for
		// KV.
		LiveSession held = this.memory.sessions().keep(id);
		this.memory.keepPredecessors(id);
		LiveSession live = predecessors(id).isEmpty() ? held : null;
		Duration confirmed = (live != null) ? live.sinceConfirmed(this.runtime.clock().millis()) : null;
		if (confirmed != null && test(id, (plan) -> plan.isSuperfluous(confirmed))) {
			next(id, now() - confirmed.toNanos());
		}
		else if (test(id, (plan) -> plan.isEarly(now()))) {
			schedule(id, (plan) -> plan.untilDue(now()));
		}
		else if (this.kv.isAvailable()) {
			look(id);
		}
		else {
			retry(id);
		}
	}

	private void look(String id) {
		long begun = now();
		this.context.settings().statistics.add(KvSessionEvent.SECOND_LOOK);
		boolean recordAlone = test(id, LookPlan::isSureOfMarker);
		boolean markersAlone = test(id, LookPlan::isOfTouch);
		List<String> asked = this.keys.ofLook(id, !markersAlone, !recordAlone, predecessors(id));
		Stages.start(() -> this.kv.getAll(asked, KvCallClass.REFRESH))
			.thenAccept((found) -> found(id, begun, recordAlone, markersAlone, found))
			.whenComplete((done, ex) -> {
				if (ex != null) {
					logger.debug("A second look at session {} failed and will be repeated: {}", SessionIdHash.of(id),
							SessionWarnings.reason(ex));
					retry(id);
				}
			});
	}

	private void retry(String id) {
		LiveSession live = this.memory.sessions().get(id);
		boolean expired = live != null && live.isExpired(this.context.lifetimes(), this.runtime.clock().millis());
		schedule(id, (plan) -> (expired || plan.isOver(now())) ? null : plan.retryAfter());
	}

	private void found(String id, long begun, boolean recordAlone, boolean markersAlone, Map<String, String> found) {
		if (isDone(id)) {
			this.plans.remove(id);
			return;
		}
		if (endedWithPredecessor(id, found)) {
			return;
		}
		String record = found.get(this.keys.record(id));
		if (this.keys.markers(id).stream().anyMatch(found::containsKey)) {
			this.context.settings().statistics.add(KvSessionEvent.SECOND_LOOK_ENDED);
			endedElsewhere(id);
		}
		else if (record != null) {
			this.reads.accept(id, Optional.of(record)).ifPresent(this::compare);
		}
		else if (!markersAlone) {
			this.memory.sessions().doubt(id);
		}
		// A write that came meanwhile wants its gone marker looked for.
		boolean whole = !recordAlone || test(id, LookPlan::isSureOfMarker);
		next(id, whole ? Math.max(begun, now() - LONGEST_CALL_NANOS) : begun);
	}

	private boolean endedWithPredecessor(String id, Map<String, String> found) {
		List<String> before = predecessors(id);
		int deleted = before.size() - 1;
		while (deleted >= 0 && !isDeleted(before.get(deleted), found)) {
			deleted--;
		}
		if (deleted < 0) {
			return false;
		}
		this.context.settings().statistics.add(KvSessionEvent.SECOND_LOOK_ENDED);
		this.plans.remove(id);
		this.end.accept(id);
		// Another instance may have changed an id in between to one unknown here.
		before.subList(0, deleted).forEach(this.end);
		return true;
	}

	private boolean isDeleted(String id, Map<String, String> found) {
		return GoneMarker.tellsOfDelete(found.get(this.keys.gone(id)));
	}

	/*
	 * An older record that lacks something is most likely a stale read: as long as it may
	 * be, the next look decides, since a look costs three tenths of a write. If no reader
	 * can lag that much, another instance wrote it with a lower stamp, and it is
	 * repaired.
	 */
	private void compare(LiveSession live) {
		boolean mayBeStale = live.lastRead() == LiveSession.LastRead.LESS_AND_OLDER
				&& test(live.id(), (plan) -> plan.mayBeUnseen(now()));
		boolean lost = live.lastRead() != LiveSession.LastRead.ALL && !mayBeStale;
		if (lost) {
			this.context.settings().statistics.add(KvSessionEvent.SECOND_LOOK_MERGED);
		}
		List<String> entries = this.context.settings().index.keys(live.id(), live.snapshot().record());
		if (lost || test(live.id(), (plan) -> plan.mayLack(entries))) {
			this.mend.accept(live);
		}
	}

	private void next(String id, long asked) {
		schedule(id, (plan) -> plan.looked(asked, now()));
	}

	private void schedule(String id, Function<LookPlan, @Nullable Duration> delayOf) {
		@Nullable Duration[] delay = new Duration[1];
		this.plans.computeIfPresent(id, (key, plan) -> {
			delay[0] = delayOf.apply(plan);
			return (delay[0] != null) ? plan : null;
		});
		if (delay[0] != null) {
			later(id, delay[0]);
		}
	}

	private long now() {
		return this.runtime.nanoTime().getAsLong();
	}

}
