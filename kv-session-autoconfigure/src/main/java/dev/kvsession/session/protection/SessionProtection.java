package dev.kvsession.session.protection;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.kvsession.crypto.KeyRing;
import dev.kvsession.session.settings.SessionIdShape;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.session.settings.SessionTenant;

/**
 * Which protections a repository has. Immutable; never shows a key.
 * <p>
 * Keys are texts of the form {@code name:base64} with a name of 1 to 8 characters of
 * {@code [a-z0-9]} and at least 32 random bytes; 1 to 16 of them. The first makes what is
 * new, and all recognise what was made before.
 */
public final class SessionProtection {

	/** No protection beyond what the API token gives. */
	public static final SessionProtection NONE = new SessionProtection("", null, null, null, null, SessionTenant.NONE);

	private final String scope;

	private final @Nullable KeyRing signingKeys;

	private final @Nullable ProtectionMode signing;

	private final @Nullable ProtectionMode hashing;

	private final @Nullable RecordSeal seal;

	private final SessionTenant tenant;

	private SessionProtection(String scope, @Nullable KeyRing signingKeys, @Nullable ProtectionMode signing,
			@Nullable ProtectionMode hashing, @Nullable RecordSeal seal, SessionTenant tenant) {
		this.scope = scope;
		this.signingKeys = signingKeys;
		this.signing = signing;
		this.hashing = hashing;
		this.seal = seal;
		this.tenant = tenant;
	}

	/**
	 * Starts with no protection.
	 * @param scope where the sessions are, such as the namespace's id: what was signed or
	 * sealed in one scope is invalid in another
	 * @return the protection, to which more is added
	 */
	public static SessionProtection in(String scope) {
		Assert.notNull(scope, "'scope' must not be null");
		return new SessionProtection(scope, null, null, null, null, SessionTenant.NONE);
	}

	/**
	 * Signs session ids, so that made-up ones cost no call.
	 * @param keys the keys
	 * @param mode how far this has been rolled out
	 * @return a copy with it
	 * @throws IllegalArgumentException if a key is malformed; the message does not
	 * contain it
	 */
	public SessionProtection withSignedIds(List<String> keys, ProtectionMode mode) {
		return new SessionProtection(this.scope, KeyRing.of(keys), mode, this.hashing, this.seal, this.tenant);
	}

	/**
	 * Stores sessions under the SHA-256 of their ids, so that a listing of the namespace
	 * shows no id.
	 * @param mode how far this has been rolled out
	 * @return a copy with it
	 */
	public SessionProtection withHashedKeys(ProtectionMode mode) {
		return new SessionProtection(this.scope, this.signingKeys, this.signing, mode, this.seal, this.tenant);
	}

	/**
	 * Encrypts records and what an index says of them with AES-256-GCM.
	 * @param keys the keys
	 * @param mode how far this has been rolled out
	 * @param claims whether claims and times can be read without the key
	 * @return a copy with it
	 * @throws IllegalArgumentException if a key is malformed; the message does not
	 * contain it
	 */
	public SessionProtection withSealedRecords(List<String> keys, ProtectionMode mode, ClaimsOutside claims) {
		return new SessionProtection(this.scope, this.signingKeys, this.signing, this.hashing,
				new RecordSeal(KeyRing.of(keys), mode, claims, this.scope), this.tenant);
	}

	/**
	 * Binds each session to the tenant of the request that created it. Needs signed ids.
	 * @param sessionTenant names the tenant of a request
	 * @return a copy with it
	 */
	public SessionProtection withTenants(SessionTenant sessionTenant) {
		Assert.notNull(sessionTenant, "'sessionTenant' must not be null");
		return new SessionProtection(this.scope, this.signingKeys, this.signing, this.hashing, this.seal,
				sessionTenant);
	}

	/**
	 * Sets a repository up. Not API.
	 * @param settings of the repository
	 * @param indexed whether it keeps an index of users
	 */
	public void apply(SessionSettings settings, boolean indexed) {
		Assert.state(this.tenant == SessionTenant.NONE || this.signingKeys != null,
				"A SessionTenant needs signed ids, or a tenant's users could change the tenant in their ids. Set "
						+ "cloudflare.kv.session.id.signing-keys");
		Assert.state(this.tenant == SessionTenant.NONE || !indexed,
				"With a SessionTenant and an index of users, a search by a user's name would find and end sessions of "
						+ "other tenants. Remove the bean, or set cloudflare.kv.session.repository-type=default");
		boolean hashes = this.hashing != null && this.hashing != ProtectionMode.READ;
		boolean seals = this.seal != null && (this.seal.isSealing() || !hashes);
		Assert.state(this.hashing == null || !indexed || seals,
				"With cloudflare.kv.session.id.storage-hash and an index of users, each index entry would show the id "
						+ "that the hash hides. Set cloudflare.kv.session.encryption.keys, with a mode other than "
						+ "'read' unless storage-hash-mode is 'read', or the repository-type default");
		settings.tenant = this.tenant;
		settings.seal = this.seal;
		boolean plain = this.signingKeys == null && this.hashing == null;
		settings.idFormat = (generator, clock) -> plain ? SessionIdShape.of(generator)
				: new ProtectedIds(generator, signer(), this.hashing, this.tenant != SessionTenant.NONE, clock);
	}

	private @Nullable IdSigner signer() {
		return (this.signingKeys != null && this.signing != null)
				? new IdSigner(this.signingKeys, this.signing, this.scope) : null;
	}

	@Override
	public String toString() {
		return "SessionProtection[signing=" + this.signing + ", hashing=" + this.hashing + ", sealing=" + this.seal
				+ "]";
	}

}
