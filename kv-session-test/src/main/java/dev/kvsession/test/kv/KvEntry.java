package dev.kvsession.test.kv;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.format.Utf8;

/**
 * What is stored under one key.
 *
 * @param value the value; not copied, never changed
 * @param metadata the metadata as JSON text, or {@code null} if there is none
 * @param expiresAt when KV forgets the key, or {@code null} if never
 */
public record KvEntry(byte[] value, @Nullable String metadata, @Nullable Instant expiresAt) {

	/**
	 * Returns the value as text.
	 * @return the value, decoded as UTF-8 without a byte order mark; malformed bytes
	 * become U+FFFD
	 */
	public String text() {
		return Utf8.lenient(this.value);
	}

	public boolean isExpiredAt(Instant now) {
		return this.expiresAt != null && !this.expiresAt.isAfter(now);
	}

	@Override
	public String toString() {
		return "KvEntry[" + this.value.length + " bytes, expires " + this.expiresAt + "]";
	}

}
