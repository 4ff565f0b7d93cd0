package dev.kvsession.autoconfigure.properties;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import dev.kvsession.session.protection.ClaimsOutside;
import dev.kvsession.session.protection.ProtectionMode;

/**
 * Properties of encrypted session records. Confined to the start of the application.
 */
@ConfigurationProperties("cloudflare.kv.session.encryption")
public class KvSessionEncryptionProperties {

	/**
	 * Keys that encrypt session records, each as name:base64 with a name of 1 to 8
	 * characters of [a-z0-9] and at least 32 random bytes. The first encrypts, all
	 * decrypt. Without keys, records are not encrypted.
	 */
	private List<String> keys = new ArrayList<>();

	/** How far encryption has been rolled out. If not specified, "write" with keys. */
	private @Nullable ProtectionMode mode;

	/**
	 * Whether claims and times can be read without the key, for readers at the edge that
	 * do not have it.
	 */
	private ClaimsOutside claims = ClaimsOutside.NONE;

	public List<String> getKeys() {
		return this.keys;
	}

	public void setKeys(List<String> keys) {
		this.keys = keys;
	}

	public @Nullable ProtectionMode getMode() {
		return this.mode;
	}

	public void setMode(@Nullable ProtectionMode mode) {
		this.mode = mode;
	}

	public ClaimsOutside getClaims() {
		return this.claims;
	}

	public void setClaims(ClaimsOutside claims) {
		this.claims = claims;
	}

}
