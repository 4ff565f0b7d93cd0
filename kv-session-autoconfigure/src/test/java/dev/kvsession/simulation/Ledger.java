package dev.kvsession.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the simulation knows of one session id. Confined to the seed's thread.
 */
final class Ledger {

	final String id;

	/** The session's previous id, or {@code null}. */
	final Ledger before;

	final List<Change> changes = new ArrayList<>();

	/** The session's next ids, with the instances that gave them. */
	final Map<Ledger, Node> successors = new LinkedHashMap<>();

	/** The next ids that saves gave, under which requests with this one go on. */
	final Set<String> renewals = new HashSet<>();

	/** Somebody deleted the session under this id. */
	boolean deleted;

	/** Somebody deleted the session under an id that it had before. */
	boolean condemned;

	/** Per instance, since when it must refuse the id. */
	final Map<Node, Long> refusedSince = new HashMap<>();

	/** Per instance, when it learnt there, changing its id, that it had ended. */
	final Map<Node, Long> learntSince = new HashMap<>();

	/** Per instance, when the session was last used there. */
	final Map<Node, Long> accesses = new HashMap<>();

	/** Per instance, when it was told to end the id. */
	final Map<Node, Long> endings = new LinkedHashMap<>();

	/** Per instance, when it was told to change the id. */
	final Map<Node, Long> renames = new LinkedHashMap<>();

	/** The instances whose delete has reached KV. */
	final Map<Node, Long> deletes = new HashMap<>();

	/** Per instance, when it last wrote the record to KV. */
	final Map<Node, Long> writes = new LinkedHashMap<>();

	/** Per instance, when KV's acknowledgement of a write last was passed on. */
	final Map<Node, Long> acknowledged = new HashMap<>();

	/** Per instance, the latest last access that it has told. */
	final Map<Node, Long> told = new HashMap<>();

	/** How many requests are changing the id, or were cut off while they did. */
	int renaming;

	/** The instances that have found it when they were last asked. */
	final Set<Node> seen = new HashSet<>();

	/** The instances on which a save of it is under way. */
	final Set<Node> saving = new HashSet<>();

	/** Per instance, when it last found nothing. */
	final Map<Node, Long> absences = new HashMap<>();

	/** Whether the id certainly was a session's. */
	boolean live;

	/** Whether nobody can know if the id is a session's. */
	boolean uncertain;

	/** When a login began that must not wait for a call. */
	long promptFrom = Long.MAX_VALUE;

	/** A sign-out of all of a user's sessions may have ended it. */
	boolean signedOut;

	long endedAt = Long.MAX_VALUE;

	/** When KV got a marker. */
	long markedAt = Long.MAX_VALUE;

	/** Per instance, when it last wrote the record after KV had got a marker. */
	final Map<Node, Long> revivals = new HashMap<>();

	/** Per instance, when it first did. */
	private final Map<Node, Long> revivedSince = new HashMap<>();

	/** When KV got the marker of a delete. */
	long goneAt = Long.MAX_VALUE;

	/** The instances whose marker of a delete has reached KV. */
	final Set<Node> markers = new HashSet<>();

	/** Per instance, when the read was sent that last found no record. */
	final Map<Node, Long> unfoundAt = new HashMap<>();

	/** Per instance, when KV last confirmed the record to it. */
	final Map<Node, Long> confirmedAt = new HashMap<>();

	/** Per instance, when KV last told it that there is no record. */
	final Map<Node, Long> absentAt = new HashMap<>();

	/** Per instance, when it last concluded from that that there is none. */
	final Map<Node, Long> missedAt = new HashMap<>();

	/** Per instance, when KV last told it that there is none, and had forgotten it. */
	final Map<Node, Long> forgottenAt = new HashMap<>();

	/** When it was written again that KV had forgotten. */
	private long backAt = Long.MIN_VALUE;

	/** When the id was made. */
	final long madeAt;

	/** When KV first got the record. */
	private long firstWrittenAt = Long.MAX_VALUE;

	/** When KV last got the record. */
	private long writtenAt = Long.MAX_VALUE;

	/** The latest access in real time. */
	long accessedAt;

	Ledger(String id, Ledger before, long madeAt) {
		this.id = id;
		this.madeAt = madeAt;
		this.before = before;
	}

	/** The first id of the session. */
	Ledger root() {
		return (this.before != null) ? this.before.root() : this;
	}

	boolean isEnded() {
		return this.endedAt != Long.MAX_VALUE;
	}

	void accessed(Node node, long now) {
		this.accesses.put(node, now);
		this.accessedAt = Math.max(this.accessedAt, now);
	}

	/** Whether somebody ends it, changes its id, or began to and was cut off. */
	boolean mayHaveEnded() {
		return isEnded() || this.uncertain || this.condemned || this.signedOut || !this.renames.isEmpty();
	}

	/** Notes that the session was deleted under an id that it had before. */
	void condemn() {
		this.condemned = true;
		this.successors.keySet().forEach(Ledger::condemn);
	}

	/**
	 * Whether another instance ended the id before while this one was to follow it.
	 * @return whether it did, so that this one may have ended with it
	 */
	boolean isContested() {
		return this.before != null && this.before.endings.size() > 1;
	}

	/**
	 * Since when an instance could know that the session has ended. A record that another
	 * instance has brought back may be read without its markers, until its removal shows.
	 * @param node the instance
	 * @return when KV got a marker, or a record that another instance wrote after that
	 * was removed last; {@link Long#MAX_VALUE} if it is still there
	 */
	long goneAgainAt(Node node) {
		long revived = this.revivals.entrySet()
			.stream()
			.filter((revival) -> revival.getKey() != node)
			.mapToLong(Map.Entry::getValue)
			.max()
			.orElse(Long.MIN_VALUE);
		if (revived == Long.MIN_VALUE) {
			return this.markedAt;
		}
		long removed = this.deletes.values().stream().mapToLong((at) -> at).max().orElse(Long.MIN_VALUE);
		return (removed > revived) ? removed : Long.MAX_VALUE;
	}

	void revived(Node node, long now) {
		this.revivals.put(node, now);
		this.revivedSince.putIfAbsent(node, now);
	}

	/**
	 * Whether an instance has brought the record back, and its second look may be to
	 * come: until then it finds its own record.
	 * @param node the instance
	 * @param since when a second look would be over
	 * @return whether it has
	 */
	boolean isRevivedBy(Node node, long since) {
		return this.revivedSince.getOrDefault(node, Long.MIN_VALUE) > since;
	}

	void end(Node node, long now) {
		this.endings.put(node, now);
		this.endedAt = Math.min(this.endedAt, now);
	}

	boolean isRenewedTo(String next) {
		return this.renewals.contains(next);
	}

	boolean isRefusedBy(Node node) {
		return this.refusedSince.containsKey(node);
	}

	/**
	 * Whether KV still has the record, if a session lives as long after a write. While KV
	 * is down nobody prolongs it there.
	 * @param since the time of that write
	 * @return whether it has been written since, or never yet
	 */
	boolean isWrittenSince(long since) {
		return this.writes.isEmpty() || this.writes.values().stream().anyMatch((write) -> write > since);
	}

	void written(Node node, long now, Duration interval) {
		if (this.writtenAt < now - interval.toNanos()) {
			this.backAt = now;
		}
		this.firstWrittenAt = Math.min(this.firstWrittenAt, now);
		this.writtenAt = now;
		this.writes.put(node, now);
	}

	/**
	 * Whether KV has the record since a time, as far as nobody ended it.
	 * @param since the time
	 * @return whether it has
	 */
	boolean isKeptSince(long since) {
		return this.firstWrittenAt <= since && this.deletes.isEmpty();
	}

	/**
	 * Whether KV has forgotten the record at any time since another.
	 * @param since the time
	 * @param interval how long KV keeps a record
	 * @return whether it has, whoever has written it again
	 */
	boolean isForgotten(long since, Duration interval, long now) {
		return this.backAt >= since || this.writtenAt < now - interval.toNanos();
	}

	/**
	 * Whether an instance was told that KV has forgotten the record when it had accepted
	 * a change that it had not written: then it has dropped it.
	 * @param change the change
	 * @return whether it was
	 */
	boolean isDropped(Change change) {
		return change.stamp == null && change.isAcknowledged()
				&& change.acknowledgedAt < this.forgottenAt.getOrDefault(change.node, Long.MIN_VALUE);
	}

	/**
	 * Whether KV may have forgotten the record since a node last wrote it, which shows
	 * for a while though another has written it again.
	 * @param node the node
	 * @param since what was written before is forgotten
	 * @return whether it may
	 */
	boolean mayBeForgotten(Node node, long since) {
		return this.writes.getOrDefault(node, since) <= since && this.writes.size() > 1;
	}

	boolean isWrittenByOthers(Node node, long since) {
		return this.writes.entrySet().stream().anyMatch((write) -> write.getKey() != node && write.getValue() > since);
	}

	/**
	 * All changes of an attribute, under this id and those before.
	 * @param attribute the attribute
	 * @return the changes
	 */
	List<Change> history(String attribute) {
		List<Change> history = new ArrayList<>();
		for (Ledger ledger = this; ledger != null; ledger = ledger.before) {
			ledger.changes.stream().filter((change) -> change.attribute.equals(attribute)).forEach(history::add);
		}
		return history;
	}

}
