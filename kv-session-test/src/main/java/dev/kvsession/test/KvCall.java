package dev.kvsession.test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvDelivery;

/**
 * One call that arrived. Immutable.
 *
 * @param at when it arrived
 * @param client the caller's name; empty if unnamed
 * @param kind the kind of call
 * @param keys the keys it named, decoded, in the order of the request; empty if it named
 * none or was malformed
 * @param ttls the {@code expiration_ttl} sent per key, in seconds; keys sent without one
 * are absent
 * @param status the HTTP status of the answer, seen by the caller or not; 0 for none
 * @param delivery how the answer was delivered
 */
public record KvCall(Instant at, String client, KvCallKind kind, List<String> keys, Map<String, Long> ttls, int status,
		KvDelivery delivery) {

	public KvCall {
		keys = List.copyOf(keys);
		ttls = Map.copyOf(ttls);
	}

	/**
	 * Returns the only key of the call.
	 * @return the key
	 * @throws IllegalStateException if the call named no key or several
	 */
	public String key() {
		if (this.keys.size() != 1) {
			throw new IllegalStateException(
					"A " + this.kind + " call names " + this.keys.size() + " keys, not one; ask keys() instead.");
		}
		return this.keys.get(0);
	}

	/**
	 * Returns the time to live of a key as sent.
	 * @param key the key
	 * @return the {@code expiration_ttl} in seconds, or {@code null} if none was sent
	 */
	public @Nullable Long ttl(String key) {
		return this.ttls.get(key);
	}

	KvCall answered(int status, KvDelivery delivery) {
		return new KvCall(this.at, this.client, this.kind, this.keys, this.ttls, status, delivery);
	}

	@Override
	public String toString() {
		return this.kind + " of " + this.keys.size() + " keys at " + this.at + " -> " + this.status + " "
				+ this.delivery;
	}

}
