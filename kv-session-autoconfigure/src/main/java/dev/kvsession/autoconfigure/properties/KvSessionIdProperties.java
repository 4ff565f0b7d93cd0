package dev.kvsession.autoconfigure.properties;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import dev.kvsession.session.protection.ProtectionMode;

/**
 * Properties of session ids and of the keys made of them. Confined to the start of the
 * application.
 */
@ConfigurationProperties("cloudflare.kv.session.id")
public class KvSessionIdProperties {

	/**
	 * Keys that sign session ids, each as name:base64 with a name of 1 to 8 characters of
	 * [a-z0-9] and at least 32 random bytes. The first signs, all verify. Without keys,
	 * ids are not signed.
	 */
	private List<String> signingKeys = new ArrayList<>();

	/** How far signed ids have been rolled out. If not specified, "write" with keys. */
	private @Nullable ProtectionMode signingMode;

	/** Whether sessions are stored under the SHA-256 of their ids. */
	private boolean storageHash = false;

	/**
	 * How far hashed keys have been rolled out. If not specified, "write" with
	 * storage-hash.
	 */
	private @Nullable ProtectionMode storageHashMode;

	public List<String> getSigningKeys() {
		return this.signingKeys;
	}

	public void setSigningKeys(List<String> signingKeys) {
		this.signingKeys = signingKeys;
	}

	public @Nullable ProtectionMode getSigningMode() {
		return this.signingMode;
	}

	public void setSigningMode(@Nullable ProtectionMode signingMode) {
		this.signingMode = signingMode;
	}

	public boolean isStorageHash() {
		return this.storageHash;
	}

	public void setStorageHash(boolean storageHash) {
		this.storageHash = storageHash;
	}

	public @Nullable ProtectionMode getStorageHashMode() {
		return this.storageHashMode;
	}

	public void setStorageHashMode(@Nullable ProtectionMode storageHashMode) {
		this.storageHashMode = storageHashMode;
	}

}
