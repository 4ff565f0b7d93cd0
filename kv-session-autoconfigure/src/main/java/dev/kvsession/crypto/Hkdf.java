package dev.kvsession.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.util.Assert;

/**
 * The key derivation of RFC 5869 with SHA-256; Java has none before 25. For random
 * secrets: it does not slow down the guessing of passwords.
 */
public final class Hkdf {

	private static final String HMAC = "HmacSHA256";

	private static final int HASH_BYTES = 32;

	/** RFC 5869, section 2.3. */
	private static final int MAX_BYTES = 255 * HASH_BYTES;

	private Hkdf() {
	}

	/**
	 * Derives a key of 1 to 8160 bytes. An empty salt stands for none; {@code info} says
	 * what the key is for.
	 */
	public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
		Assert.isTrue(length > 0 && length <= MAX_BYTES, "'length' must be from 1 to 8160 bytes");
		try {
			byte[] extracted = hmac((salt.length != 0) ? salt : new byte[HASH_BYTES]).doFinal(secret);
			return expand(extracted, info, length);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + HMAC, ex);
		}
	}

	private static byte[] expand(byte[] extracted, byte[] info, int length) throws GeneralSecurityException {
		Mac mac = hmac(extracted);
		byte[] expanded = new byte[length];
		byte[] block = {};
		for (int at = 0, counter = 1; at < length; at += HASH_BYTES, counter++) {
			mac.update(block);
			mac.update(info);
			block = mac.doFinal(new byte[] { (byte) counter });
			System.arraycopy(block, 0, expanded, at, Math.min(HASH_BYTES, length - at));
		}
		Arrays.fill(extracted, (byte) 0);
		return expanded;
	}

	private static Mac hmac(byte[] key) throws GeneralSecurityException {
		Mac mac = Mac.getInstance(HMAC);
		mac.init(new SecretKeySpec(key, HMAC));
		return mac;
	}

}
