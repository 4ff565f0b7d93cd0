package dev.kvsession.simulation;

import java.util.List;
import java.util.Map;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

import dev.kvsession.session.index.UserSession;

/**
 * Names of users. An attribute has a number behind the name, so that no two logins set
 * the same value.
 */
final class Names {

	static final String ATTRIBUTE = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

	static final List<String> ALL = List.of("ada", "bob");

	private static final String ENTRIES = "user-sessions:";

	private Names() {
	}

	static Map<String, String> indexes(Session session) {
		String value = session.getAttribute(ATTRIBUTE);
		return (value != null) ? Map.of(ATTRIBUTE, of(value)) : Map.of();
	}

	/** The name in an attribute's value. */
	static String of(String value) {
		return value.split("#")[0];
	}

	static String other(String name) {
		return ALL.get(1 - ALL.indexOf(name));
	}

	/** The key of a session's entry. */
	static String entry(String name, String id) {
		return ENTRIES + name + ":" + UserSession.handleOf(id);
	}

	static boolean isEntry(String key) {
		return key.startsWith(ENTRIES);
	}

}
