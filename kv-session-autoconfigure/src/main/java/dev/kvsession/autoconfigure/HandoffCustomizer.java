package dev.kvsession.autoconfigure;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.session.config.SessionRepositoryCustomizer;

import dev.kvsession.autoconfigure.properties.HandoffProperties;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.HandoffKey;

/**
 * Gives the repository the key of its handoff cookies: of the secret or, without one, of
 * the API token; bound to the namespace, so that a cookie of staging opens nothing in
 * production. Where another client than ours needs no token, handoff needs the secret.
 */
final class HandoffCustomizer implements SessionRepositoryCustomizer<KvSessionRepository> {

	private final HandoffProperties handoff;

	private final KvSettings settings;

	HandoffCustomizer(HandoffProperties handoff, KvSettings settings) {
		this.handoff = handoff;
		this.settings = settings;
	}

	@Override
	public void customize(KvSessionRepository repository) {
		KeyMaterial.checkSecret(this.settings);
		HandoffKey key = this.handoff.isEnabled() ? key() : null;
		if (key != null) {
			repository.setHandoffKey(key);
		}
	}

	private @Nullable HandoffKey key() {
		String secret = this.settings.secret().text();
		if (secret != null) {
			return HandoffKey.of(secret, scope());
		}
		KeyMaterial.checkToken(this.settings);
		String token = this.settings.apiToken().text();
		return (token != null) ? HandoffKey.ofToken(token, scope()) : null;
	}

	private String scope() {
		String id = this.settings.namespaceId().text();
		return (id != null) ? id.toLowerCase(Locale.ROOT) : "";
	}

}
