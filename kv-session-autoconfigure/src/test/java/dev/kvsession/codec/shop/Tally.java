package dev.kvsession.codec.shop;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Its state is inherited from the JDK, and JSON brings it back doubled.
 */
public class Tally extends AtomicLong {

	private static final long serialVersionUID = 1L;

	public Tally() {
	}

	public Tally(long count) {
		super(2 * count);
	}

	public Tally count(long count) {
		set(count);
		return this;
	}

}
