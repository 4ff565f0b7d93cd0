package dev.kvsession.session.settings;

import java.security.SecureRandom;
import java.util.Base64;

import org.springframework.session.SessionIdGenerator;

/**
 * Generates session ids of 256 random bits as 43 characters of unpadded base64url. Safe
 * for concurrent use.
 */
public final class SecureSessionIdGenerator implements SessionIdGenerator {

	private static final int ID_BYTES = 32;

	private final SecureRandom random = new SecureRandom();

	@Override
	public String generate() {
		byte[] bytes = new byte[ID_BYTES];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
