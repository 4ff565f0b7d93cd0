package dev.kvsession.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * HMAC-SHA-256 (RFC 2104) with one key. Safe for concurrent use, without a lock.
 */
public final class Hmac {

	public static final String ALGORITHM = "HmacSHA256";

	/** Copied for each use: that is faster than to start with the key each time. */
	private final Mac started;

	public Hmac(SecretKey key) {
		try {
			this.started = Mac.getInstance(ALGORITHM);
			this.started.init(key);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

	public byte[] of(String text) {
		try {
			return ((Mac) this.started.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("The security provider '" + this.started.getProvider().getName()
					+ "' cannot copy an HMAC, which the JDK's own can", ex);
		}
	}

}
