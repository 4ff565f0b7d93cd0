package dev.kvsession.client;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.kvsession.client.support.Utf8;

/**
 * What KV would refuse in a pair, found before it is sent.
 */
public final class PairLimits {

	private PairLimits() {
	}

	/**
	 * Checks pairs.
	 * @return the failure of the first that KV would refuse, or {@code null}
	 * @throws IllegalArgumentException if a key is none
	 */
	public static @Nullable KvException check(Collection<KvPair> pairs) {
		pairs.forEach((pair) -> KeyEncoding.check(pair.key()));
		return pairs.stream().map(PairLimits::check).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private static @Nullable KvException check(KvPair pair) {
		int valueBytes = Utf8.length(pair.value());
		if (valueBytes == Utf8.NOT_ENCODABLE) {
			return refused("The value contains half of a surrogate pair, which KV cannot keep. Escape it");
		}
		if (valueBytes > KvLimits.MAX_VALUE_BYTES) {
			return refused("The value has " + valueBytes + " bytes; KV keeps at most " + KvLimits.MAX_VALUE_BYTES
					+ ". Store less under one key");
		}
		return checkMetadata(pair.metadata());
	}

	private static @Nullable KvException checkMetadata(@Nullable String metadata) {
		if (metadata == null) {
			return null;
		}
		int bytes = Utf8.length(metadata);
		if (bytes > KvLimits.MAX_METADATA_BYTES) {
			return refused("The metadata has " + bytes + " bytes; KV keeps at most " + KvLimits.MAX_METADATA_BYTES
					+ ". Move parts of it to the value");
		}
		boolean json = bytes != Utf8.NOT_ENCODABLE && Json.read(metadata.getBytes(StandardCharsets.UTF_8)) != null;
		return json ? null : refused("The metadata is not JSON. Pass JSON text or none");
	}

	private static KvException refused(String message) {
		return new KvRequestRefusedException(message, null);
	}

}
