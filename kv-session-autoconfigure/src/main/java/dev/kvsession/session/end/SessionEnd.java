package dev.kvsession.session.end;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.GoneMarker;

/**
 * An end of which KV has to be told, or a record left over from one elsewhere. Safe for
 * concurrent use.
 */
final class SessionEnd {

	private final CompletableFuture<Void> outcome = new CompletableFuture<>();

	private final AtomicBoolean repetition = new AtomicBoolean();

	private final String id;

	private final @Nullable GoneMarker marker;

	private final Instant until;

	private final CompletableFuture<Void> tried = new CompletableFuture<>();

	private volatile boolean marked;

	private volatile int failures;

	/**
	 * Creates an end.
	 * @param id the id
	 * @param marker what to tell other instances, or {@code null} if they know
	 * @param until when the record will have ended by itself
	 */
	SessionEnd(String id, @Nullable GoneMarker marker, Instant until) {
		this.id = id;
		this.marker = marker;
		this.until = until;
	}

	String id() {
		return this.id;
	}

	@Nullable GoneMarker marker() {
		return this.marker;
	}

	/**
	 * Whether this tells other instances more than another end of the same id: a session
	 * that was deleted has ended under its other ids, too.
	 * @param other the other end
	 * @return whether it does
	 */
	boolean outweighs(SessionEnd other) {
		return isDelete() && !other.isDelete();
	}

	private boolean isDelete() {
		return this.marker != null && this.marker.reason() == GoneMarker.Reason.DELETED;
	}

	Instant until() {
		return this.until;
	}

	/**
	 * Completes when whoever asked for the end need not wait any longer.
	 * @return the outcome
	 */
	CompletableFuture<Void> outcome() {
		return this.outcome;
	}

	/**
	 * Completes when KV has been asked once, however that went.
	 * @return completes normally
	 */
	CompletableFuture<Void> tried() {
		return this.tried;
	}

	boolean isMarked() {
		return this.marked;
	}

	/**
	 * Notes that KV has the marker, which is then not written again.
	 */
	void markWritten() {
		this.marked = true;
	}

	int failures() {
		return this.failures;
	}

	/**
	 * Notes that an attempt is due later.
	 */
	void postpone() {
		this.repetition.set(true);
	}

	/**
	 * Notes a failed attempt, after which another is due.
	 * @return how many have failed
	 */
	synchronized int fail() {
		postpone();
		return ++this.failures;
	}

	/**
	 * Takes on the attempt that is due.
	 * @return whether one was due and nobody else has taken it on
	 */
	boolean claimRepetition() {
		return this.repetition.compareAndSet(true, false);
	}

}
