package dev.kvsession.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Asynchronous port to one Workers KV namespace. Every method except an empty bulk one is
 * a remote call; none blocks the caller. Implementations are safe for concurrent use.
 * <p>
 * Values are text: KV's bulk read cannot return binary, so binary has to be Base64 text.
 * A read, also of an absent key, may be stale by 60 seconds or more, even after an own
 * write (developers.cloudflare.com/kv, "How KV works", read 2026-11). Reads, writes and
 * deletes are idempotent, and each is sent once: only
 * {@link dev.kvsession.client.engine.KvEngine} retries. A write whose answer was lost or
 * is ambiguous fails with {@link KvUnknownOutcomeException}: it may or may not have
 * happened. A read whose answer was lost fails with {@link KvUnavailableException}, and
 * one whose answer is about other keys with {@link KvUnexpectedResponseException}.
 * <p>
 * All stages fail with a {@link KvException}, never wrapped by the implementation. Keys
 * are 1 to 512 bytes of UTF-8 and neither {@code .} nor {@code ..}; other keys are
 * rejected with {@link IllegalArgumentException} before anything is sent.
 */
public interface KvClient {

	/**
	 * Reads one value.
	 * @param key the key
	 * @return the value, or empty if and only if KV answered {@code null} for the key
	 */
	CompletionStage<Optional<String>> get(String key);

	/**
	 * Reads many values in one call.
	 * @param keys at most 100 keys; duplicates are read once
	 * @return the values found by key; absent from the map are the keys for which KV
	 * answered {@code null}, and no others
	 */
	CompletionStage<Map<String, String>> getAll(Collection<String> keys);

	/**
	 * Writes one pair, replacing its value, lifetime and metadata. KV's acknowledgement
	 * of a write or delete does not name the key: if an intermediary delivers that of
	 * another write, this write counts as done.
	 * @param pair what to write
	 * @return a stage that completes when KV has acknowledged the write
	 */
	CompletionStage<Void> put(KvPair pair);

	/**
	 * Writes many pairs in one call.
	 * @param pairs at most 10,000 pairs and 100 MB; their order means nothing
	 * @return which keys KV reported as not written
	 */
	CompletionStage<KvBulkResult> putAll(Collection<KvPair> pairs);

	/**
	 * Deletes one key; deleting an absent key succeeds.
	 * @param key the key
	 * @return a stage that completes when KV has acknowledged the delete
	 */
	CompletionStage<Void> delete(String key);

	/**
	 * Deletes many keys in one call.
	 * @param keys at most 10,000 keys
	 * @return which keys KV reported as not deleted
	 */
	CompletionStage<KvBulkResult> deleteAll(Collection<String> keys);

	/**
	 * Lists keys by prefix, one page.
	 * @param prefix the prefix, or an empty string for all keys
	 * @param cursor the previous page's {@link KvKeyPage#cursor()}, or {@code null} for
	 * the first page
	 * @param limit the greatest number of keys wanted, 10 to 1000
	 * @return the page; may be stale as any read
	 */
	CompletionStage<KvKeyPage> list(String prefix, @Nullable String cursor, int limit);

	/**
	 * Returns the rate limit of the latest answer. Not a remote call. A wrapper has to
	 * pass it on: without it the engine does not notice other users of the token. The
	 * auto-configuration warns about a client that does not override it where calls are
	 * limited.
	 * @return the latest, of any age; empty by default and if no answer had one
	 */
	default Optional<KvRateLimit> rateLimit() {
		return Optional.empty();
	}

	/**
	 * Returns how far KV's clock is ahead of this machine's. Not a remote call. A wrapper
	 * has to pass it on where machines' clocks differ by seconds.
	 * @return the difference by the latest answer, negative if this machine's clock is
	 * ahead; zero by default, and if it is too small to be known
	 */
	default Duration clockOffset() {
		return Duration.ZERO;
	}

}
