package dev.kvsession.session.handoff;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import dev.kvsession.crypto.Seal;
import dev.kvsession.session.settings.HandoffKey;

/**
 * Encrypts and authenticates what a cookie carries: version byte and sealed text, in
 * base64url. Safe for concurrent use.
 */
public final class HandoffSeal {

	private static final byte VERSION = 1;

	private static final int AROUND_BYTES = 1 + Seal.OVERHEAD_BYTES;

	/**
	 * Sealed beside the text, so that nothing sealed for another purpose or version is
	 * taken for a handoff.
	 */
	private static final String ASSOCIATED = "kv-session handoff " + VERSION;

	private final Seal seal;

	public HandoffSeal(HandoffKey key, String keyPrefix) {
		this.seal = new Seal(key.derive(keyPrefix));
	}

	/** How many bytes can be sealed into so many characters; negative if none. */
	public static int plainLength(int characters) {
		return characters * 3 / 4 - AROUND_BYTES;
	}

	public String seal(byte[] plain) {
		byte[] sealed = this.seal.seal(plain, ASSOCIATED);
		byte[] whole = ByteBuffer.allocate(1 + sealed.length).put(VERSION).put(sealed).array();
		return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
	}

	/**
	 * Opens what {@link #seal} made; {@code null} if the text, which may be anything, was
	 * not sealed with this key.
	 */
	public byte @Nullable [] open(String text) {
		try {
			byte[] whole = Base64.getUrlDecoder().decode(text);
			return (whole.length != 0 && whole[0] == VERSION)
					? this.seal.open(Arrays.copyOfRange(whole, 1, whole.length), ASSOCIATED) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
