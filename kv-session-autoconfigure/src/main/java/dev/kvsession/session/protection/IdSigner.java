package dev.kvsession.session.protection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import dev.kvsession.crypto.Hmac;
import dev.kvsession.crypto.KeyRing;
import dev.kvsession.crypto.NamedKey;

/**
 * Signs session ids with HMAC-SHA-256, truncated to 128 bits. Safe for concurrent use,
 * without a lock.
 */
final class IdSigner {

	/** Names purpose, algorithm and version. */
	private static final String PURPOSE = "session id, HMAC-SHA-256, version 1";

	/** RFC 2104, section 5: not less than half of the hash. */
	private static final int MAC_BYTES = 16;

	private final Map<String, Hmac> keys = new HashMap<>();

	private final String first;

	private final Hmac signing;

	private final ProtectionMode mode;

	/** A scope has no line breaks. */
	IdSigner(KeyRing ring, ProtectionMode mode, String scope) {
		for (NamedKey key : ring.all()) {
			this.keys.put(key.name(), hmac(key, scope));
		}
		this.first = ring.first().name();
		this.signing = hmac(ring.first(), scope);
		this.mode = mode;
	}

	ProtectionMode mode() {
		return this.mode;
	}

	/** The name of the key that signs. */
	String key() {
		return this.first;
	}

	String sign(String text) {
		return signature(this.signing, text);
	}

	private static Hmac hmac(NamedKey key, String scope) {
		return new Hmac(key.derive(PURPOSE + "\n" + scope, Hmac.ALGORITHM));
	}

	/** Whether the key of that name, if there is one, has signed the text. */
	boolean verify(String key, String text, String signature) {
		Hmac hmac = this.keys.get(key);
		return hmac != null && MessageDigest.isEqual(signature(hmac, text).getBytes(StandardCharsets.US_ASCII),
				signature.getBytes(StandardCharsets.US_ASCII));
	}

	private static String signature(Hmac hmac, String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hmac.of(text), MAC_BYTES));
	}

}
