package dev.kvsession.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * Cuts pairs into bodies of bulk writes, each made when it is needed: together they may
 * not fit into memory. Confined to one call.
 */
final class BulkPutChunks implements Iterator<BulkPutChunks.Chunk> {

	private final Iterator<KvPair> pairs;

	private final int maxPairs;

	private final int maxBytes;

	private @Nullable KvPair pending;

	private byte @Nullable [] pendingJson;

	BulkPutChunks(Collection<KvPair> pairs, int maxPairs, int maxBytes) {
		this.pairs = pairs.iterator();
		this.maxPairs = maxPairs;
		this.maxBytes = maxBytes;
		advance();
	}

	@Override
	public boolean hasNext() {
		return this.pendingJson != null;
	}

	@Override
	public Chunk next() {
		if (this.pending == null || this.pendingJson == null) {
			throw new NoSuchElementException();
		}
		KvPair first = this.pending;
		List<String> keys = new ArrayList<>();
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int count = 0; fits(body, count); count++) {
			body.write((count == 0) ? '[' : ',');
			body.writeBytes(this.pendingJson);
			keys.add(this.pending.key());
			advance();
		}
		if (body.size() == 0) {
			advance();
			return new Chunk(null, first, List.of());
		}
		body.write(']');
		return new Chunk(body.toByteArray(), first, keys);
	}

	private boolean fits(ByteArrayOutputStream body, int count) {
		// One more byte in front of the pair, and one for the closing bracket.
		return this.pendingJson != null && count < this.maxPairs
				&& body.size() + (long) this.pendingJson.length + 2 <= this.maxBytes;
	}

	private void advance() {
		this.pending = this.pairs.hasNext() ? this.pairs.next() : null;
		this.pendingJson = (this.pending != null) ? json(this.pending) : null;
	}

	private static byte[] json(KvPair pair) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("key", pair.key());
		fields.put("value", pair.value());
		if (pair.timeToLive() != null) {
			fields.put("expiration_ttl", TtlSeconds.of(pair.timeToLive()));
		}
		if (pair.metadata() != null) {
			fields.put("metadata", Json.read(pair.metadata().getBytes(StandardCharsets.UTF_8)));
		}
		return Json.write(fields);
	}

	/**
	 * One bulk write, or a pair that no bulk write can carry: escaped as JSON, a value
	 * may be six times as long.
	 *
	 * @param body the body, or {@code null} if the first pair has to be written alone
	 * @param first the first pair
	 * @param keys the keys in the body
	 */
	record Chunk(byte @Nullable [] body, KvPair first, List<String> keys) {

		@Override
		public String toString() {
			return "Chunk[" + this.keys.size() + " keys]";
		}

	}

}
