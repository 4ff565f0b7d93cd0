package dev.kvsession.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.kvsession.test.VirtualTime;

/**
 * An instance's clock, which is a little wrong.
 *
 * @param timeline the right time
 * @param ahead by how many milliseconds it is ahead
 */
record Watch(VirtualTime timeline, long ahead) implements InstantSource {

	@Override
	public Instant instant() {
		return this.timeline.instant().plus(Duration.ofMillis(this.ahead));
	}

}
