package dev.kvsession.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key with the name by which what it made is recognised. Immutable; never shows the
 * key.
 */
public final class NamedKey {

	/** Names the library, so that the same key used elsewhere gives other keys. */
	private static final byte[] SALT = "dev.kvsession".getBytes(StandardCharsets.US_ASCII);

	private static final int DERIVED_BYTES = 32;

	private final String name;

	private final byte[] material;

	NamedKey(String name, byte[] material) {
		this.name = name;
		this.material = material;
	}

	public String name() {
		return this.name;
	}

	/** Whether another key differs by its name only. */
	boolean isSameAs(NamedKey other) {
		return MessageDigest.isEqual(this.material, other.material);
	}

	/** Derives the key of 256 bits for one purpose: {@code info} names it. */
	public SecretKey derive(String info, String algorithm) {
		return new SecretKeySpec(Hkdf.derive(this.material, SALT, info.getBytes(StandardCharsets.UTF_8), DERIVED_BYTES),
				algorithm);
	}

	@Override
	public String toString() {
		return "NamedKey[" + this.name + "]";
	}

}
