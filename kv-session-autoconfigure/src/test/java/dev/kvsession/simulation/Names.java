package dev.kvsession.simulation;

import java.util.List;
import java.util.Map;

import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

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

	/** What the keys of a user's entries begin with. */
	static String prefix(String name) {
		return ENTRIES + name + ":";
	}

	static boolean isEntry(String key) {
		return key.startsWith(ENTRIES);
	}

}
