package dev.kvsession.session.write;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.codec.SessionCodec;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.session.record.PassingFailure;
import dev.kvsession.session.settings.SessionKeys;

/**
 * Finds out what became of sessions whose first record was deferred. Safe for concurrent
 * use.
 */
final class DeferredRecords {

	/** Three keys each, of the 100 that one call reads. */
	private static final int MAX_PREDECESSORS = 30;

	private final KvEngine kv;

	private final SessionKeys keys;

	private final SessionCodec codec;

	DeferredRecords(KvEngine kv, SessionKeys keys, SessionCodec codec) {
		this.kv = kv;
		this.keys = keys;
		this.codec = codec;
	}

	/**
	 * Before a deferred record is written, looks whether its session has ended or changed
	 * elsewhere: returns what to make the record of, or empty if it has ended. Does not
	 * read the record's own key, since KV would remember for a minute that it was absent.
	 */
	CompletionStage<Optional<SessionRecord>> recheck(String id, SessionRecord base, Collection<String> predecessors,
			KvCallClass callClass) {
		List<String> before = predecessors.stream().limit(MAX_PREDECESSORS).toList();
		List<String> markers = Stream.concat(Stream.of(id), before.stream())
			.flatMap((one) -> this.keys.markers(one).stream())
			.toList();
		List<String> records = before.stream().map(this.keys::record).toList();
		List<String> read = Stream.concat(markers.stream(), records.stream()).toList();
		return PassingFailure.ofTheRead(this.kv.getAll(read, callClass)).thenApply((found) -> {
			if (markers.stream().anyMatch(found::containsKey)) {
				return Optional.empty();
			}
			return Optional.of(records.stream()
				.map(found::get)
				.filter(Objects::nonNull)
				.map(this::decoded)
				.flatMap(Optional::stream)
				.reduce(base, (a, b) -> (a.rev().compareTo(b.rev()) < 0) ? b : a));
		});
	}

	private Optional<SessionRecord> decoded(String text) {
		try {
			return Optional.of(this.codec.decode(text));
		}
		catch (UnreadableRecordException ex) {
			return Optional.empty();
		}
	}

}
