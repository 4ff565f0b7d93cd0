package dev.kvsession.simulation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import dev.kvsession.test.VirtualTime;

/**
 * All that happened, as one number; and, if it is to be read, the last of it as text.
 * Confined to the seed's thread.
 */
final class Trace {

	private static final long PRIME = 0x9E3779B97F4A7C15L;

	private final Deque<String> lines = new ArrayDeque<>();

	private final VirtualTime timeline;

	private final int kept;

	private long hash;

	/**
	 * Creates a trace.
	 * @param timeline dates what happens
	 * @param kept how many lines to keep
	 */
	Trace(VirtualTime timeline, int kept) {
		this.timeline = timeline;
		this.kept = kept;
	}

	/**
	 * Notes what happens.
	 * @param what the kind of event
	 * @param details strings and numbers
	 */
	void add(String what, Object... details) {
		mix(this.timeline.nanos());
		mix(what.hashCode());
		for (Object detail : details) {
			mix(detail.hashCode());
		}
		if (this.kept > 0) {
			this.lines.add("%10.3f  %-10s %s".formatted(this.timeline.nanos() / (double) Nanos.SECOND, what,
					String.join(" ", Arrays.stream(details).map(String::valueOf).toList())));
			if (this.lines.size() > this.kept) {
				this.lines.remove();
			}
		}
	}

	long hash() {
		return this.hash;
	}

	List<String> lines() {
		return List.copyOf(this.lines);
	}

	private void mix(long value) {
		this.hash = (this.hash ^ value) * PRIME;
		this.hash ^= this.hash >>> 29;
	}

}
