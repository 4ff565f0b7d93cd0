package dev.kvsession.autoconfigure;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.util.StringUtils;

import dev.kvsession.session.HandoffKey;
import dev.kvsession.session.KvSessionRepository;

/**
 * Gives the repository the key of its handoff cookies: of the secret or, without one, of
 * the API token; bound to the namespace, so that a cookie of staging opens nothing in
 * production. Where another client than ours needs no token, handoff needs the secret.
 */
final class HandoffCustomizer implements SessionRepositoryCustomizer<KvSessionRepository> {

	/**
	 * So many characters of random text carry more than 128 bits, even as hexadecimal
	 * digits.
	 */
	private static final int MIN_SECRET_LENGTH = 32;

	private final HandoffProperties handoff;

	private final @Nullable KvConnectionDetails details;

	private final @Nullable KvProperties properties;

	HandoffCustomizer(HandoffProperties handoff, ObjectProvider<KvConnectionDetails> details,
			ObjectProvider<KvProperties> properties) {
		this.handoff = handoff;
		this.details = details.getIfAvailable();
		this.properties = properties.getIfAvailable();
	}

	@Override
	public void customize(KvSessionRepository repository) {
		String secret = checkedSecret();
		String ours = (secret != null) ? secret : apiToken();
		if (this.handoff.isEnabled() && ours != null) {
			repository.setHandoffKey(HandoffKey.of(ours, namespaceId()));
		}
	}

	private @Nullable String checkedSecret() {
		String told = textOrNull((this.details != null) ? this.details.getSecret() : null);
		String secret = (told != null) ? told
				: textOrNull((this.properties != null) ? this.properties.getSecret() : null);
		if (secret != null && secret.length() < MIN_SECRET_LENGTH) {
			throw new MalformedKvPropertyException("'" + KvPropertyNames.SECRET + "' must have at least "
					+ MIN_SECRET_LENGTH + " characters. Make one with 'openssl rand -base64 32' and set the same on "
					+ "every instance, or leave it out to have the API token used");
		}
		return secret;
	}

	private @Nullable String apiToken() {
		return textOrNull((this.details != null) ? this.details.getApiToken() : null);
	}

	private String namespaceId() {
		String told = (this.details != null) ? this.details.getNamespaceId() : null;
		String id = (told == null && this.properties != null) ? this.properties.getNamespaceId() : told;
		return (id != null) ? id.toLowerCase(Locale.ROOT) : "";
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

}
