package dev.kvsession.session;

import java.nio.charset.StandardCharsets;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.util.Assert;

/**
 * What handoff cookies are sealed with. Instances that shall accept each other's cookies
 * need the same secret, scope and key prefix. Immutable; never shows the secret.
 */
public final class HandoffKey {

	/**
	 * Names the library, so that the same secret used elsewhere gives another key.
	 */
	private static final String SALT = "dev.kvsession";

	/**
	 * Names purpose, algorithm and version, for the same reason.
	 */
	private static final String PURPOSE = "handoff cookie, AES-256-GCM, version 1";

	private static final int KEY_BYTES = 32;

	private final byte[] secret;

	private final String scope;

	private HandoffKey(byte[] secret, String scope) {
		this.secret = secret;
		this.scope = scope;
	}

	/**
	 * Makes a key.
	 * @param secret random text, as of a password generator; not empty
	 * @param scope where the sessions live, such as the namespace's id: a cookie of one
	 * scope is worth nothing in another. Of staging and production at the latest, where
	 * both use one secret
	 * @return the key
	 */
	public static HandoffKey of(String secret, String scope) {
		Assert.hasText(secret, "'secret' must not be empty");
		Assert.notNull(scope, "'scope' must not be null");
		return new HandoffKey(secret.getBytes(StandardCharsets.UTF_8), scope);
	}

	/*
	 * A prefix is free of line breaks, so no two pairs of scope and prefix look alike.
	 */
	SecretKey derive(String keyPrefix) {
		byte[] info = String.join("\n", PURPOSE, this.scope, keyPrefix).getBytes(StandardCharsets.UTF_8);
		byte[] salt = SALT.getBytes(StandardCharsets.UTF_8);
		return new SecretKeySpec(Hkdf.derive(this.secret, salt, info, KEY_BYTES), "AES");
	}

	@Override
	public String toString() {
		return "HandoffKey[scope=" + this.scope + "]";
	}

}
