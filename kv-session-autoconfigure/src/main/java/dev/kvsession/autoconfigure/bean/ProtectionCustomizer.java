package dev.kvsession.autoconfigure.bean;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.session.config.SessionRepositoryCustomizer;

import dev.kvsession.autoconfigure.failure.KvConfigurationException;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.autoconfigure.properties.KvSessionEncryptionProperties;
import dev.kvsession.autoconfigure.properties.KvSessionIdProperties;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.protection.ProtectionMode;
import dev.kvsession.session.protection.SessionProtection;
import dev.kvsession.session.settings.SessionTenant;

/**
 * Gives the repository its protections, and names the property that is wrong, never a
 * key.
 */
public final class ProtectionCustomizer implements SessionRepositoryCustomizer<KvSessionRepository> {

	private static final String ID = KvPropertyNames.SESSION_PREFIX + ".id.";

	private static final String ENCRYPTION = KvPropertyNames.SESSION_PREFIX + ".encryption.";

	private final KvSessionIdProperties ids;

	private final KvSessionEncryptionProperties encryption;

	private final @Nullable String namespaceId;

	private final @Nullable SessionTenant tenant;

	public ProtectionCustomizer(KvSessionIdProperties ids, KvSessionEncryptionProperties encryption,
			@Nullable String namespaceId, @Nullable SessionTenant tenant) {
		this.ids = ids;
		this.encryption = encryption;
		this.namespaceId = namespaceId;
		this.tenant = tenant;
	}

	@Override
	public void customize(KvSessionRepository repository) {
		repository.setProtection(protection());
	}

	private SessionProtection protection() {
		String scope = (this.namespaceId != null) ? this.namespaceId.toLowerCase(Locale.ROOT) : "";
		SessionProtection protection = SessionProtection.in(scope);
		List<String> signing = this.ids.getSigningKeys();
		if (isOn(!signing.isEmpty(), this.ids.getSigningMode(), ID + "signing-keys", ID + "signing-mode")) {
			protection = checked(ID + "signing-keys", protection,
					(one) -> one.withSignedIds(signing, mode(this.ids.getSigningMode())));
		}
		if (isOn(this.ids.isStorageHash(), this.ids.getStorageHashMode(), ID + "storage-hash",
				ID + "storage-hash-mode")) {
			protection = protection.withHashedKeys(mode(this.ids.getStorageHashMode()));
		}
		List<String> sealing = this.encryption.getKeys();
		if (isOn(!sealing.isEmpty(), this.encryption.getMode(), ENCRYPTION + "keys", ENCRYPTION + "mode")) {
			protection = checked(ENCRYPTION + "keys", protection, (one) -> one.withSealedRecords(sealing,
					mode(this.encryption.getMode()), this.encryption.getClaims()));
		}
		return (this.tenant != null) ? protection.withTenants(this.tenant) : protection;
	}

	private static ProtectionMode mode(@Nullable ProtectionMode mode) {
		return Objects.requireNonNullElse(mode, ProtectionMode.WRITE);
	}

	private static boolean isOn(boolean configured, @Nullable ProtectionMode mode, String property,
			String modeProperty) {
		if (!configured && mode != null) {
			throw new KvConfigurationException("'" + modeProperty + "' is set, but '" + property + "' is not.",
					"Set " + property + ", or remove " + modeProperty + ".");
		}
		return configured;
	}

	private static SessionProtection checked(String property, SessionProtection protection,
			UnaryOperator<SessionProtection> step) {
		try {
			return step.apply(protection);
		}
		catch (IllegalArgumentException ex) {
			throw new KvConfigurationException("'" + property + "' cannot be used: " + ex.getMessage() + ".",
					"Correct " + property + ".");
		}
	}

}
