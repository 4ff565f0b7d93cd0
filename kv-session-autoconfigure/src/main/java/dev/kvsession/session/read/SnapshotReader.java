package dev.kvsession.session.read;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kvsession.codec.UnreadableAttributeException;
import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.memory.SessionMemory;
import dev.kvsession.session.record.AttributeCell;
import dev.kvsession.session.record.SessionContext;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SecurityContexts;
import dev.kvsession.session.settings.SessionIdHash;
import dev.kvsession.session.settings.UnreadablePolicy;

/**
 * Decodes records, and applies the policy for unreadable ones. Safe for concurrent use.
 */
final class SnapshotReader {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotReader.class);

	private final SessionMemory memory;

	private final SessionContext context;

	SnapshotReader(SessionMemory memory, SessionContext context) {
		this.memory = memory;
		this.context = context;
	}

	/**
	 * Decodes a record; {@code null} if it is to count as absent. Throws if it is
	 * unreadable and the policy is to fail.
	 */
	@Nullable Snapshot decode(String id, String text) {
		try {
			LiveSession held = this.memory.sessions().get(id);
			Snapshot snapshot = new Snapshot(this.context.settings().codec.decode(text),
					text.getBytes(StandardCharsets.UTF_8).length, Map.of(), (held != null) ? held.snapshot() : null);
			if (isUsable(id, snapshot)) {
				return snapshot;
			}
			unreadable(id);
			return null;
		}
		catch (UnreadableRecordException ex) {
			if (this.context.settings().onUnreadable == UnreadablePolicy.FAIL) {
				throw ex;
			}
			if (unreadable(id)) {
				this.context.warnings()
					.warn(logger, "sessions that cannot be read", ex,
							"Session " + SessionIdHash.of(id) + " counts as absent and is left as it is in KV",
							ex.getMessage());
			}
			return null;
		}
	}

	private boolean unreadable(String id) {
		this.context.settings().statistics.add(KvSessionEvent.UNREADABLE);
		return this.memory.sessions().unreadable(id);
	}

	/*
	 * A session whose security context is unreadable is no session, unless the policy
	 * says otherwise: without it, the user would seem logged out and keep the cookie.
	 */
	private boolean isUsable(String id, Snapshot snapshot) {
		AttributeCell cell = snapshot.cell(SecurityContexts.ATTRIBUTE);
		if (cell == null) {
			return true;
		}
		try {
			boolean readable = cell.value(this.context) != null;
			return readable || this.context.settings().onUnreadable == UnreadablePolicy.DROP_ATTRIBUTE;
		}
		catch (UnreadableAttributeException ex) {
			throw new UnreadableRecordException(
					"The security context of session " + SessionIdHash.of(id) + " cannot be read: " + ex.getMessage(),
					ex);
		}
	}

}
