package dev.kvsession.session;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Looks sessions up: in KV if nothing is known of them here, and those that are held
 * here. Safe for concurrent use.
 */
final class Lookups {

	private final SessionReads reads;

	private final SessionMemory memory;

	private final Lifetimes lifetimes;

	Lookups(SessionReads reads, SessionMemory memory, Lifetimes lifetimes) {
		this.reads = reads;
		this.memory = memory;
		this.lifetimes = lifetimes;
	}

	/**
	 * Lists the sessions that are held here. Looking at them does not keep them longer.
	 * @return a view that may change
	 */
	Collection<LiveSession> held() {
		return this.memory.sessions().all();
	}

	/**
	 * When a session ends by what is known here.
	 * @param live the session
	 * @return the end, or {@code null} for never
	 */
	@Nullable Instant end(LiveSession live) {
		return live.expiresAt(this.lifetimes);
	}

	/**
	 * Has somebody told of each session that was just read or written, and of each that
	 * expired before its changes could be written.
	 * @param known is told of the former
	 * @param expired is told of the latter
	 */
	void watchWith(Consumer<LiveSession> known, Consumer<LiveSession> expired) {
		this.memory.watchWith(known, expired);
	}

	/**
	 * Takes over what KV returned for an id.
	 * @param id the id
	 * @param text the record
	 * @return the session as it is to be used, or {@code null} if it has ended
	 */
	@Nullable LiveSession accept(String id, String text) {
		return this.reads.accept(id, Optional.of(text)).orElse(null);
	}

	/**
	 * Whether only KV can tell whether there is a session of an id.
	 * @param id the id
	 * @return whether nothing is known of it here
	 */
	boolean isUnknown(String id) {
		return this.memory.sessions().get(id) == null && !this.memory.isEnded(id) && !isMissed(id);
	}

	/**
	 * Whether KV had no session of an id a moment ago.
	 * @param id the id
	 * @return whether it was found absent
	 */
	boolean isMissed(String id) {
		return this.memory.sessions().isMissed(id);
	}

	/**
	 * Reads sessions, in one call. One whose changes wait to be written stays usable here
	 * while KV cannot be asked.
	 * @param ids the ids
	 * @return the session of the first one, or empty if there is none; of the others it
	 * is known then whether there is one
	 */
	CompletableFuture<Optional<LiveSession>> load(List<String> ids) {
		String id = ids.get(0);
		CompletableFuture<Optional<LiveSession>> read = (ids.size() > 1) ? this.reads.loadAll(ids)
				: this.reads.load(id);
		return read.exceptionallyCompose((ex) -> {
			LiveSession held = this.memory.sessions().held(id);
			return (held != null && PassingFailure.is(Stages.unwrap(ex)))
					? CompletableFuture.completedFuture(Optional.of(held)) : CompletableFuture.failedFuture(ex);
		});
	}

}
