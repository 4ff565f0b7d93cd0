package dev.kvsession.session;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kvsession.test.kv.KvEmulatorRequest;
import dev.kvsession.test.kv.KvEmulatorResponse;
import dev.kvsession.test.kv.KvEntry;

/**
 * Where a world's sessions lie: what its instances can ask, and what is really there.
 */
interface WorldKv {

	KvEmulatorResponse handle(KvEmulatorRequest request);

	@Nullable KvEntry get(String key);

	List<String> keys();

	/**
	 * Stores a value, at once visible to all.
	 */
	void store(String key, String value, Duration ttl);

	/**
	 * Removes a key, at once for all.
	 */
	void remove(String key);

}
