package dev.kvsession.codec;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Under which names a session can be found besides its id. Immutable.
 *
 * @param names the value of each index name, such as the principal's name; empty if the
 * session has left all indexes
 * @param at when that was last changed; decides between concurrent changes
 * @param since when the session got its present principal, in KV's time; it survives a
 * change of id
 * @param details what the application noted of the request that did so, such as the
 * browser
 */
public record SessionIndexes(Map<String, String> names, Stamp at, Instant since, Map<String, String> details) {

	public SessionIndexes {
		names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
		details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
	}

	@Override
	public String toString() {
		return "SessionIndexes" + this.names.keySet();
	}

}
