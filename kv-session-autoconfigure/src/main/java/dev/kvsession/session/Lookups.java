package dev.kvsession.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Looks sessions up in KV of which nothing is known here. Safe for concurrent use.
 */
final class Lookups {

	private final SessionReads reads;

	private final SessionMemory memory;

	Lookups(SessionReads reads, SessionMemory memory) {
		this.reads = reads;
		this.memory = memory;
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
