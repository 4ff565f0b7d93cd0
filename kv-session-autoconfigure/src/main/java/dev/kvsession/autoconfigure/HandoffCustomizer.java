package dev.kvsession.autoconfigure;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.session.config.SessionRepositoryCustomizer;

import dev.kvsession.autoconfigure.KvSettings.Setting;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.HandoffKey;

/**
 * Gives the repository the key of its handoff cookies: from the secret or, without one,
 * from the API token. The key is bound to the namespace, so that a cookie of staging
 * opens nothing in production. Without secret and token there is no handoff.
 * <p>
 * Rejects text that others can guess, as far as the text shows it: whoever knows the key
 * can make sessions of any user.
 */
final class HandoffCustomizer implements SessionRepositoryCustomizer<KvSessionRepository> {

	/** So many random characters carry more than 128 bits, even as hexadecimal digits. */
	private static final int MIN_SECRET_LENGTH = 32;

	/**
	 * So many random letters and digits carry 128 bits. Cloudflare's tokens have 40 of
	 * them, and those of 2026 and later a prefix and a checksum as well. Source:
	 * developers.cloudflare.com/fundamentals/api/get-started/token-formats (read
	 * 2026-11).
	 */
	private static final int MIN_TOKEN_LENGTH = 22;

	/**
	 * Random text of these lengths has more different pairs of neighbours with near
	 * certainty: 32 hexadecimal digits have 29 on average. A repeated character, word or
	 * row of ten digits has fewer.
	 */
	private static final int MIN_PAIRS = 13;

	/**
	 * Random text has no such row. The published tokens of {@code KvEmulator} and of the
	 * Worker on a developer's machine do.
	 */
	private static final Pattern PADDING = Pattern.compile("(.)\\1{7}");

	private static final Pattern THIS_MACHINE = Pattern.compile("(?:.+\\.)?localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]",
			Pattern.CASE_INSENSITIVE);

	private static final String MAKE_ONE = ". Make one with 'openssl rand -base64 32' and set the same on every instance, "
			+ "or leave it out to have the API token used";

	private static final String DERIVED = ", because the key of handoff cookies is derived from it. Copy Cloudflare's "
			+ "token, set a random " + KvPropertyNames.SECRET + ", or set " + KvPropertyNames.SESSION_PREFIX
			+ ".handoff.enabled to false";

	private final boolean enabled;

	private final KvSettings settings;

	HandoffCustomizer(boolean enabled, KvSettings settings) {
		this.enabled = enabled;
		this.settings = settings;
	}

	@Override
	public void customize(KvSessionRepository repository) {
		checkSecret();
		HandoffKey key = this.enabled ? key() : null;
		if (key != null) {
			repository.setHandoffKey(key);
		}
	}

	private @Nullable HandoffKey key() {
		String id = this.settings.namespaceId().text();
		String scope = (id != null) ? id.toLowerCase(Locale.ROOT) : "";
		String secret = this.settings.secret().text();
		if (secret != null) {
			return HandoffKey.of(secret, scope);
		}
		checkToken();
		String token = this.settings.apiToken().text();
		return (token != null) ? HandoffKey.ofToken(token, scope) : null;
	}

	private void checkSecret() {
		Setting secret = this.settings.secret();
		String text = secret.text();
		if (text == null) {
			return;
		}
		if (text.length() < MIN_SECRET_LENGTH) {
			throw secret.malformed("must have at least " + MIN_SECRET_LENGTH + " characters" + MAKE_ONE);
		}
		if (isRepeating(text) || PADDING.matcher(text).find()) {
			throw secret.malformed("must be random, but repeats itself" + MAKE_ONE);
		}
		if (text.equalsIgnoreCase(this.settings.namespaceId().text())
				|| text.equalsIgnoreCase(this.settings.accountId().text())) {
			throw secret.malformed("must be random, but is an id, which others know" + MAKE_ONE);
		}
	}

	private void checkToken() {
		Setting token = this.settings.apiToken();
		String text = token.text();
		if (text == null) {
			return;
		}
		if (text.length() < MIN_TOKEN_LENGTH) {
			throw token.malformed("must have at least " + MIN_TOKEN_LENGTH + " characters" + DERIVED);
		}
		if (isRepeating(text)) {
			throw token.malformed("must be random, but repeats itself" + DERIVED);
		}
		if (PADDING.matcher(text).find() && !isOnThisMachine(this.settings.baseUrl().text())) {
			throw token.malformed("must be random, but is padded like a token for tests, which is accepted only if "
					+ KvPropertyNames.BASE_URL + " is on this machine" + DERIVED);
		}
	}

	private static boolean isRepeating(String text) {
		return IntStream.range(1, text.length())
			.mapToObj((end) -> text.substring(end - 1, end + 1))
			.distinct()
			.count() < MIN_PAIRS;
	}

	private static boolean isOnThisMachine(@Nullable String baseUrl) {
		try {
			String host = (baseUrl != null) ? URI.create(baseUrl.strip()).getHost() : null;
			return host != null && THIS_MACHINE.matcher(host).matches();
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
