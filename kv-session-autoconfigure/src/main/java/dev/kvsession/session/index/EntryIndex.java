package dev.kvsession.session.index;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.IndexResolver;
import org.springframework.session.Session;

import dev.kvsession.client.KvPair;
import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;
import dev.kvsession.session.settings.SessionIndex;

/**
 * Keeps an entry for each name under which a session is to be found: a key of its own, so
 * that of two logins at once neither is lost. Safe for concurrent use.
 */
public final class EntryIndex implements SessionIndex {

	/** KV has no keys without a value. */
	private static final String VALUE = "1";

	/** Together with id and times within KV's 1024 bytes of metadata. */
	private static final int MAX_DETAILS_BYTES = 600;

	/** Base64 makes three bytes four, and the seal itself takes some. */
	private static final int MAX_SEALED_DETAILS_BYTES = 350;

	/** Quotation marks, colon and comma. */
	private static final int AROUND = 6;

	private final IndexKeys keys;

	private final IndexResolver<Session> resolver;

	private final Supplier<Map<String, String>> details;

	private final InstantSource kvTime;

	public EntryIndex(IndexKeys keys, IndexResolver<Session> resolver, Supplier<Map<String, String>> details,
			InstantSource kvTime) {
		this.keys = keys;
		this.resolver = resolver;
		this.details = details;
		this.kvTime = kvTime;
	}

	/*
	 * The same names given again get a new stamp as their attribute does, or another
	 * instance's older change of the user would win here and lose there.
	 */
	@Override
	public @Nullable SessionIndexes changed(Session session, @Nullable Session rest, @Nullable SessionIndexes known,
			Stamp at) {
		Map<String, String> names = names(session);
		if (names.equals((known != null) ? known.names() : Map.of()) && (rest == null || names.equals(names(rest)))) {
			return null;
		}
		if (known != null && Objects.equals(principal(names), principal(known.names()))) {
			return new SessionIndexes(names, at, known.since(), known.details());
		}
		// As exact as a record has it: two instances compare it.
		// mutant: since
		Instant since = this.kvTime.instant().truncatedTo(ChronoUnit.MILLIS);
		return new SessionIndexes(names, at, since,
				names.isEmpty() ? Map.of() : fitting(withoutNull(this.details.get())));
	}

	private Map<String, String> names(Session session) {
		return withoutNull(this.resolver.resolveIndexesFor(session));
	}

	/** Code of the application may give null for what it does not know. */
	public static Map<String, String> withoutNull(@Nullable Map<String, String> given) {
		Map<String, String> texts = new LinkedHashMap<>();
		if (given != null) {
			given.forEach((name, text) -> {
				if (name != null && text != null) {
					texts.put(name, text);
				}
			});
		}
		return texts;
	}

	private static @Nullable String principal(Map<String, String> names) {
		return names.get(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME);
	}

	@Override
	public List<KvPair> with(KvPair written, String id, SessionRecord record) {
		SessionIndexes indexes = record.indexes();
		if (indexes == null || indexes.names().isEmpty()) {
			return List.of(written);
		}
		List<KvPair> pairs = new ArrayList<>();
		pairs.add(written);
		// The record may be of a time when more fitted: before encryption was switched
		// on.
		String metadata = IndexEntry.metadata(id, record, indexes, fitting(indexes.details()));
		indexes.names().forEach((name, value) -> {
			String key = this.keys.entries(name, value, id).get(0);
			String sealed = (this.keys.seal() != null) ? this.keys.seal().sealMetadata(key, metadata) : metadata;
			// mutant: entry-ttl
			pairs.add(new KvPair(key, VALUE, written.timeToLive(), sealed));
		});
		return pairs;
	}

	@Override
	public List<String> keys(String id, Map<String, String> names) {
		List<String> entries = new ArrayList<>();
		// mutant: old-entry-names
		names.forEach((name, value) -> entries.addAll(this.keys.entries(name, value, id)));
		return entries;
	}

	/* A header that anybody can make long must not make a login fail. */
	private Map<String, String> fitting(Map<String, String> details) {
		Map<String, String> fitting = new LinkedHashMap<>();
		int left = (this.keys.seal() != null && this.keys.seal().isSealing()) ? MAX_SEALED_DETAILS_BYTES
				: MAX_DETAILS_BYTES;
		for (Map.Entry<String, String> detail : details.entrySet()) {
			String name = encodable(detail.getKey());
			left -= bytes(name) + AROUND;
			if (left > 0) {
				String text = cut(encodable(detail.getValue()), left);
				left -= bytes(text);
				fitting.put(name, text);
			}
		}
		return fitting;
	}

	/* Halves of characters, which a cut of the application's may leave, become "?". */
	private static String encodable(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

	private static String cut(String text, int most) {
		int end = 0;
		int left = most;
		while (end < text.length()) {
			int length = Character.charCount(text.codePointAt(end));
			left -= bytes(text.substring(end, end + length));
			if (left < 0) {
				break;
			}
			end += length;
		}
		return text.substring(0, end);
	}

	/* Of JSON, rather too many than too few. */
	private static int bytes(String text) {
		return text.chars().map((character) -> {
			if (character < ' ' || Character.isSurrogate((char) character)) {
				return 6;
			}
			if (character == '"' || character == '\\') {
				return 2;
			}
			return (character < 0x80) ? 1 : 3;
		}).sum();
	}

}
