package dev.kvsession.session.record;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.kvsession.codec.Stamp;

/**
 * Gives stamps that grow strictly on this instance and beyond any stamp that a session
 * has seen, even if clocks differ or step back. Safe for concurrent use.
 */
public final class HybridClock {

	private static final int MAX_COUNTER = 0xFFFF;

	private final InstantSource clock;

	private final AtomicReference<Stamp> last;

	public HybridClock(InstantSource clock, String writer) {
		this.clock = clock;
		this.last = new AtomicReference<>(new Stamp(0, 0, writer));
	}

	/**
	 * Returns a new stamp, above the floor if there is one. The floor does not move this
	 * clock: one record from a clock far ahead must not push all other stamps into the
	 * future.
	 */
	public Stamp next(@Nullable Stamp floor) {
		Stamp next = this.last.updateAndGet((previous) -> {
			long now = this.clock.millis();
			return (now > previous.millis()) ? new Stamp(now, 0, previous.writer()) : after(previous, previous);
		});
		return (floor == null || next.compareTo(floor) > 0) ? next : after(floor, next);
	}

	private static Stamp after(Stamp stamp, Stamp own) {
		boolean full = stamp.counter() == MAX_COUNTER;
		return full ? new Stamp(stamp.millis() + 1, 0, own.writer())
				: new Stamp(stamp.millis(), stamp.counter() + 1, own.writer());
	}

}
