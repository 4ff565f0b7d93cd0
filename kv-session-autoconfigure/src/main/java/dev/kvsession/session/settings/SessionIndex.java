package dev.kvsession.session.settings;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

import dev.kvsession.client.KvPair;
import dev.kvsession.codec.SessionIndexes;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.Stamp;

/**
 * What lies in KV beside the records so that sessions are found otherwise than by their
 * id. The engine writes and deletes it together with the records. Implementations are
 * safe for concurrent use and do no I/O.
 */
public interface SessionIndex {

	/** No index: nothing lies beside the records. */
	SessionIndex NONE = new SessionIndex() {

		@Override
		public @Nullable SessionIndexes changed(Session session, @Nullable Session rest, @Nullable SessionIndexes known,
				Stamp at) {
			return null;
		}

		@Override
		public List<KvPair> with(KvPair written, String id, SessionRecord record) {
			return List.of(written);
		}

		@Override
		public List<String> keys(String id, Map<String, String> names) {
			return List.of();
		}

	};

	/**
	 * Returns under which names a changed session is to be found, with the stamp {@code
	 * at}; {@code null} if the change does not matter to that. {@code rest} is the
	 * session without the attributes that were changed, {@code null} if it is new.
	 */
	@Nullable SessionIndexes changed(Session session, @Nullable Session rest, @Nullable SessionIndexes known, Stamp at);

	/** Returns what to write together with a record, itself included. */
	List<KvPair> with(KvPair written, String id, SessionRecord record);

	/** Returns the keys that a session has beside its record. */
	default List<String> keys(String id, SessionRecord record) {
		return (record.indexes() != null) ? keys(id, record.indexes().names()) : List.of();
	}

	/** Returns the keys that a session with these names has beside its record. */
	List<String> keys(String id, Map<String, String> names);

}
