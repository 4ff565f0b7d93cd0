package dev.kvsession.test.store;

import dev.kvsession.test.format.ApiError;

/** Allows one write of a key per interval. */
final class WriteRate {

	private final TimedCache<Boolean> written = new TimedCache<>();

	boolean allows(String key, Turn turn) {
		return this.written.get(key, turn.now(), turn.settings().keyWriteInterval()) == null;
	}

	void require(String key, Turn turn) {
		if (!allows(key, turn)) {
			throw ApiError.KEY_WRITTEN_TOO_OFTEN.refusal();
		}
	}

	void count(String key, Turn turn) {
		this.written.evict(turn.now(), turn.settings().keyWriteInterval());
		this.written.put(key, Boolean.TRUE, turn.now());
	}

	void clear() {
		this.written.clear();
	}

}
