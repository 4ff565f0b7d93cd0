package dev.kvsession.sample;

/**
 * Counts the calls to KV that a request begins on its own thread. Safe for concurrent
 * use: each thread has its own count.
 */
final class KvCallCounter {

	private final ThreadLocal<Integer> calls = new ThreadLocal<>();

	void begin() {
		this.calls.set(0);
	}

	// Background work of the library has no request to count for.
	void count() {
		Integer before = this.calls.get();
		if (before != null) {
			this.calls.set(before + 1);
		}
	}

	int soFar() {
		Integer calls = this.calls.get();
		return (calls != null) ? calls : 0;
	}

	void end() {
		this.calls.remove();
	}

}
