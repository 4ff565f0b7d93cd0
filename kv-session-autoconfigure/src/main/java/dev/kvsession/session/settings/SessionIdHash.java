package dev.kvsession.session.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a session in logs without its id: 32 bits of its SHA-256, enough to follow one
 * session through a log and useless for guessing the id.
 */
public final class SessionIdHash {

	private static final int SHOWN_BYTES = 4;

	private SessionIdHash() {
	}

	public static String of(String id) {
		return HexFormat.of().formatHex(digest(id.getBytes(StandardCharsets.UTF_8)), 0, SHOWN_BYTES);
	}

	static byte[] digest(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
