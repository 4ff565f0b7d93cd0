package dev.kvsession.session.protection;

import java.util.Base64;
import java.util.Random;

/**
 * Keys for tests, the same in each run.
 */
final class Keys {

	static final String A = key("a", 32);

	static final String B = key("b", 32);

	private Keys() {
	}

	static String key(String name, int bytes) {
		byte[] material = new byte[bytes];
		new Random(name.hashCode()).nextBytes(material);
		return name + ":" + Base64.getEncoder().encodeToString(material);
	}

}
