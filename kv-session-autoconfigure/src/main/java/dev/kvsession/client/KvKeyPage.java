package dev.kvsession.client;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a key listing. Immutable.
 *
 * @param keys the keys, in KV's order
 * @param cursor where the next page begins, or {@code null} if this is the last
 */
public record KvKeyPage(List<Key> keys, @Nullable String cursor) {

	public KvKeyPage {
		keys = List.copyOf(keys);
	}

	@Override
	public String toString() {
		return "KvKeyPage[" + this.keys.size() + " keys, last=" + (this.cursor == null) + "]";
	}

	/**
	 * One listed key.
	 *
	 * @param name the key
	 * @param expiration when KV forgets it, or {@code null} for never
	 * @param metadata JSON text, or {@code null} for none
	 */
	public record Key(String name, @Nullable Instant expiration, @Nullable String metadata) {

		@Override
		public String toString() {
			return "Key[expiration=" + this.expiration + "]";
		}

	}

}
