package dev.kvsession.session.end;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.record.GoneMarker;

/**
 * An end of which KV has to be told, or a leftover record of one elsewhere. Safe for
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
	 * Creates an end; {@code marker} is null if other instances know, {@code until} is
	 * when the record will have expired.
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
	 * Whether this tells other instances more: a deleted session has ended under its
	 * other ids, too.
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

	/** Completes when the caller need not wait any longer. */
	CompletableFuture<Void> outcome() {
		return this.outcome;
	}

	/** Completes normally when KV has been asked once, however that went. */
	CompletableFuture<Void> tried() {
		return this.tried;
	}

	boolean isMarked() {
		return this.marked;
	}

	/** Notes that KV has the marker, which is then not written again. */
	void markWritten() {
		this.marked = true;
	}

	int failures() {
		return this.failures;
	}

	void postpone() {
		this.repetition.set(true);
	}

	/**
	 * Notes a failed attempt, after which another is due; returns how many have failed.
	 */
	synchronized int fail() {
		postpone();
		return ++this.failures;
	}

	/**
	 * Takes the attempt that is due; returns false if there is none or another thread has
	 * it.
	 */
	boolean claimRepetition() {
		return this.repetition.compareAndSet(true, false);
	}

}
