package dev.kvsession.session.settings;

import java.nio.charset.StandardCharsets;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.util.Assert;

import dev.kvsession.crypto.Hkdf;

/**
 * The key that seals handoff cookies. Instances that accept each other's cookies need the
 * same secret, scope and key prefix. Immutable; never shows the secret.
 */
public final class HandoffKey {

	/** Names the library, so that the same secret used elsewhere gives another key. */
	private static final String SALT = "dev.kvsession";

	/** Names purpose, algorithm and version, for the same reason. */
	private static final String PURPOSE = "handoff cookie, AES-256-GCM, version 1";

	private static final int KEY_BYTES = 32;

	private final byte[] secret;

	private final String scope;

	private final boolean ofToken;

	private HandoffKey(String secret, String scope, boolean ofToken) {
		Assert.hasText(secret, "'secret' must not be empty");
		Assert.notNull(scope, "'scope' must not be null");
		this.secret = secret.getBytes(StandardCharsets.UTF_8);
		this.scope = scope;
		this.ofToken = ofToken;
	}

	/**
	 * Makes a key of a secret that serves no other purpose.
	 * @param secret random text, as of a password generator; not empty
	 * @param scope where the sessions are, such as the namespace's id: a cookie of one
	 * scope is invalid in another. Give staging and production different scopes if both
	 * use one secret
	 * @return the key
	 */
	public static HandoffKey of(String secret, String scope) {
		return new HandoffKey(secret, scope, false);
	}

	/**
	 * Makes the same key of the API token. It is only as secret as the token: others may
	 * know one that KV refuses, and it may be revoked for that reason.
	 * @param apiToken the API token; not empty
	 * @param scope as for {@link #of}
	 * @return the key
	 */
	public static HandoffKey ofToken(String apiToken, String scope) {
		return new HandoffKey(apiToken, scope, true);
	}

	public boolean isOfToken() {
		return this.ofToken;
	}

	/**
	 * A prefix has no line breaks, so two pairs of scope and prefix never look alike.
	 */
	public SecretKey derive(String keyPrefix) {
		byte[] info = String.join("\n", PURPOSE, this.scope, keyPrefix).getBytes(StandardCharsets.UTF_8);
		byte[] salt = SALT.getBytes(StandardCharsets.UTF_8);
		return new SecretKeySpec(Hkdf.derive(this.secret, salt, info, KEY_BYTES), "AES");
	}

	@Override
	public String toString() {
		return "HandoffKey[scope=" + this.scope + "]";
	}

}
