package dev.kvsession.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM with one key: a random 96-bit nonce, ciphertext and tag of 128 bits. Safe
 * for concurrent use.
 * <p>
 * Random nonces are sound for 2^32 texts of one key (NIST SP 800-38D, 8.3).
 */
public final class Seal {

	public static final String ALGORITHM = "AES";

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BYTES = 16;

	/** How many bytes a sealed text is longer than the text. */
	public static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

	private static final String CIPHER = "AES/GCM/NoPadding";

	private final SecureRandom random = new SecureRandom();

	private final SecretKey key;

	public Seal(SecretKey key) {
		this.key = key;
	}

	/**
	 * Encrypts a text. Only with the same {@code associated} text, which is not part of
	 * the result, it can be opened.
	 */
	public byte[] seal(byte[] plain, String associated) {
		byte[] nonce = nonce();
		byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + plain.length + TAG_BYTES);
		try {
			cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
			return sealed;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Nothing can be encrypted with " + CIPHER, ex);
		}
	}

	byte[] nonce() {
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		return nonce;
	}

	/** Opens a sealed text; {@code null} if this key did not seal these bytes as that. */
	public byte @Nullable [] open(byte[] sealed, String associated) {
		if (sealed.length < OVERHEAD_BYTES) {
			return null;
		}
		try {
			return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), associated).doFinal(sealed,
					NONCE_BYTES, sealed.length - NONCE_BYTES);
		}
		catch (GeneralSecurityException ex) {
			return null;
		}
	}

	private Cipher cipher(int mode, byte[] nonce, String associated) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance(CIPHER);
		cipher.init(mode, this.key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
		cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

}
