package dev.kvsession.sample;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;

/**
 * Reads records from KV as they lie there. Each costs a call, which an application would
 * not make: this one shows what is stored. Safe for concurrent use.
 */
@Component
class RawRecords {

	/** A page without the record is better than one that waits, in seconds. */
	private static final long PATIENCE = 2;

	private final KvEngine kv;

	private final JsonMapper json;

	private final KvSessionRepository sessions;

	RawRecords(KvEngine kv, JsonMapper json, KvSessionRepository sessions) {
		this.kv = kv;
		this.json = json;
		this.sessions = sessions;
	}

	/**
	 * Reads a session's record.
	 * @param session the session
	 * @return the record with line breaks, or {@code null} if KV does not show it, for it
	 * cannot be asked or a change has not reached its reader yet
	 */
	@Nullable String of(HttpSession session) {
		KvSession known = this.kv.isAvailable() ? this.sessions.findById(session.getId()) : null;
		if (known == null) {
			return null;
		}
		try {
			Optional<String> record = this.kv.get(known.getRecordKey(), KvCallClass.READ)
				.orTimeout(PATIENCE, TimeUnit.SECONDS)
				.join();
			return record.map(this::withLineBreaks).orElse(null);
		}
		catch (CompletionException ex) {
			return null;
		}
	}

	private String withLineBreaks(String record) {
		return this.json.writerWithDefaultPrettyPrinter().writeValueAsString(this.json.readTree(record));
	}

}
