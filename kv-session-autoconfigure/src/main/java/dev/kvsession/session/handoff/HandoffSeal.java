package dev.kvsession.session.handoff;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

import org.jspecify.annotations.Nullable;

import dev.kvsession.session.settings.HandoffKey;

/**
 * Encrypts and authenticates what a cookie carries: version byte, random 96-bit nonce,
 * AES-256-GCM's ciphertext and tag, in base64url. Safe for concurrent use.
 * <p>
 * Random nonces are sound for 2^32 cookies of one key (NIST SP 800-38D, 8.3).
 */
public final class HandoffSeal {

	private static final byte VERSION = 1;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BYTES = 16;

	private static final int PREFIX_BYTES = 1 + NONCE_BYTES;

	/**
	 * Sealed beside the text, so that nothing sealed for another purpose or version is
	 * taken for a handoff.
	 */
	private static final byte[] ASSOCIATED = ("kv-session handoff " + VERSION).getBytes(StandardCharsets.US_ASCII);

	private static final String ALGORITHM = "AES/GCM/NoPadding";

	private final SecureRandom random = new SecureRandom();

	private final SecretKey key;

	public HandoffSeal(HandoffKey key, String keyPrefix) {
		this.key = key.derive(keyPrefix);
	}

	/** How many bytes can be sealed into so many characters; negative if none. */
	public static int plainLength(int characters) {
		return characters * 3 / 4 - PREFIX_BYTES - TAG_BYTES;
	}

	public String seal(byte[] plain) {
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		ByteBuffer sealed = ByteBuffer.allocate(PREFIX_BYTES + plain.length + TAG_BYTES).put(VERSION).put(nonce);
		try {
			cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(ByteBuffer.wrap(plain), sealed);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("A handoff could not be encrypted with " + ALGORITHM, ex);
		}
		return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
	}

	/**
	 * Opens what {@link #seal} made; {@code null} if the text, which may be anything, was
	 * not sealed with this key.
	 */
	public byte @Nullable [] open(String text) {
		try {
			byte[] sealed = Base64.getUrlDecoder().decode(text);
			if (sealed.length < PREFIX_BYTES + TAG_BYTES || sealed[0] != VERSION) {
				return null;
			}
			byte[] nonce = new byte[NONCE_BYTES];
			System.arraycopy(sealed, 1, nonce, 0, NONCE_BYTES);
			return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed, PREFIX_BYTES, sealed.length - PREFIX_BYTES);
		}
		catch (IllegalArgumentException | GeneralSecurityException ex) {
			return null;
		}
	}

	private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance(ALGORITHM);
		cipher.init(mode, this.key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
		cipher.updateAAD(ASSOCIATED);
		return cipher;
	}

}
