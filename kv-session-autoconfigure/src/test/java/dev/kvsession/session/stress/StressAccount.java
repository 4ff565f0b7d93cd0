package dev.kvsession.session.stress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.KvSession;

/**
 * What a stress test knows of one session: its ids, and which values an attribute may
 * have. Safe for concurrent use; each attribute is changed by one thread only.
 */
final class StressAccount {

	/**
	 * Stands for an attribute that was removed.
	 */
	static final String REMOVED = "";

	private static final int MOST_NOTES = 300;

	private final Map<String, List<String>> possible = new ConcurrentHashMap<>();

	private final List<Renaming> renamings = new ArrayList<>();

	private final List<String> ids = new ArrayList<>();

	private final Deque<String> notes = new ArrayDeque<>();

	private volatile @Nullable StressRequest shared;

	private String current;

	private String previous;

	private boolean ending;

	private boolean ended;

	StressAccount(String id) {
		this.current = id;
		this.previous = id;
		this.ids.add(id);
	}

	synchronized String current() {
		return this.current;
	}

	/**
	 * Returns the id before the last change that has succeeded.
	 * @return the id; the present one if it was not changed
	 */
	synchronized String previous() {
		return this.previous;
	}

	/**
	 * Returns all ids that the session has or had, or was to have.
	 * @return the ids, the first one first
	 */
	synchronized List<String> ids() {
		return List.copyOf(this.ids);
	}

	/**
	 * Returns how many changes of id have ended, beginning with the first.
	 * @return the number, with which a request begins
	 */
	synchronized int settledRenamings() {
		return this.renamings.size() - (isRenaming() ? 1 : 0);
	}

	synchronized boolean isRenaming() {
		return !this.renamings.isEmpty() && this.renamings.get(this.renamings.size() - 1).outcome() == Outcome.RUNNING;
	}

	/**
	 * Whether another request has changed the id, or may have.
	 * @param seen how many changes of id are older than the request
	 * @param by the request, or {@code null} if it changes nothing
	 * @return whether the request may lose its changes
	 */
	synchronized boolean isRenamedSince(int seen, @Nullable StressRequest by) {
		return this.renamings.subList(seen, this.renamings.size())
			.stream()
			.anyMatch((renaming) -> renaming.by() != by && renaming.outcome() != Outcome.FAILED);
	}

	/**
	 * Begins a change of id, one at a time.
	 * @param by the request
	 * @return whether it may begin
	 */
	synchronized boolean beginRenaming(StressRequest by) {
		if (this.ending || by.isBroken() || isRenaming() || isRenamedSince(by.seen(), by)) {
			return false;
		}
		this.renamings.add(new Renaming(by, Outcome.RUNNING));
		return true;
	}

	synchronized void renamed(String id, boolean succeeded) {
		Renaming running = this.renamings.remove(this.renamings.size() - 1);
		this.renamings.add(new Renaming(running.by(), succeeded ? Outcome.SUCCEEDED : Outcome.FAILED));
		this.ids.add(id);
		if (succeeded) {
			this.previous = this.current;
			this.current = id;
		}
	}

	synchronized void beginEnd() {
		this.ending = true;
	}

	synchronized void end() {
		this.ended = true;
	}

	synchronized boolean isEnding() {
		return this.ending;
	}

	/**
	 * Whether no id of the session may be found any more.
	 * @return whether it has ended and no change of its id runs
	 */
	synchronized boolean isOver() {
		return this.ended && !isRenaming();
	}

	/**
	 * Notes that a value is to be saved.
	 * @param attribute the attribute's name
	 * @param value the value
	 */
	void attempt(String attribute, String value) {
		this.possible.computeIfAbsent(attribute, (name) -> new CopyOnWriteArrayList<>(List.of(REMOVED))).add(value);
	}

	/**
	 * Notes that a value was saved, so that no earlier one may be seen.
	 * @param attribute the attribute's name
	 * @param value the value
	 */
	void acknowledge(String attribute, String value) {
		this.possible.put(attribute, new CopyOnWriteArrayList<>(List.of(value)));
	}

	String read(String attribute, KvSession session) {
		return Objects.requireNonNullElse(session.getAttribute(attribute), REMOVED);
	}

	/**
	 * Checks an attribute.
	 * @param attribute its name
	 * @param value the value that was found
	 */
	void check(String attribute, String value) {
		List<String> values = this.possible.getOrDefault(attribute, List.of(REMOVED));
		if (!values.contains(value)) {
			throw new AssertionError("Attribute " + attribute + " is '" + value + "' instead of " + values + this);
		}
	}

	void checkAll(KvSession session) {
		this.possible.keySet().forEach((attribute) -> check(attribute, read(attribute, session)));
	}

	@Nullable StressRequest shared() {
		return this.shared;
	}

	void share(StressRequest request) {
		this.shared = request;
	}

	void note(String text) {
		synchronized (this.notes) {
			if (this.notes.size() == MOST_NOTES) {
				this.notes.remove();
			}
			this.notes.add(Thread.currentThread().getName() + " " + text);
		}
	}

	@Override
	public String toString() {
		synchronized (this.notes) {
			return "\nWhat was done:\n" + String.join("\n", this.notes);
		}
	}

	private enum Outcome {

		RUNNING, SUCCEEDED, FAILED

	}

	/**
	 * One change of id.
	 *
	 * @param by the request that makes it
	 * @param outcome how it has gone
	 */
	private record Renaming(StressRequest by, Outcome outcome) {
	}

}
