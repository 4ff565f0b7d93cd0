package dev.kvsession.codec.shop;

import java.util.ConcurrentModificationException;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Changes whenever it is looked at, as if another request did.
 */
public class Turnstile {

	private long count;

	private transient int failures;

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public Turnstile(long count) {
		this.count = count;
	}

	public Turnstile failing(int failures) {
		this.failures = failures;
		return this;
	}

	@JsonValue
	public long pass() {
		if (this.failures > 0) {
			this.failures--;
			throw new ConcurrentModificationException();
		}
		return this.count++;
	}

}
