package dev.kvsession.autoconfigure;

import java.net.URI;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.kvsession.autoconfigure.failure.KvSetting;
import dev.kvsession.autoconfigure.failure.MalformedKvPropertyException;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;

/**
 * Refuses to derive keys from what others can guess, as far as the text alone tells:
 * whoever knows the key makes sessions of any user.
 */
final class KeyMaterial {

	/**
	 * So many characters of random text carry more than 128 bits, even as hexadecimal
	 * digits.
	 */
	private static final int MIN_SECRET_LENGTH = 32;

	/**
	 * So many random letters and digits carry 128 bits. Cloudflare's tokens have 40 of
	 * them, and those of 2026 and later a prefix and a checksum as well. Source:
	 * developers.cloudflare.com/fundamentals/api/get-started/token-formats (read
	 * 2026-11).
	 */
	private static final int MIN_TOKEN_LENGTH = 22;

	/**
	 * So many different pairs of neighbours are in any random text of these lengths, by
	 * all odds: 32 hexadecimal digits have 29 on average. A character, a word or a row of
	 * ten digits that is repeated has fewer.
	 */
	private static final int MIN_PAIRS = 13;

	/**
	 * What nobody draws at random. The published tokens of {@code KvEmulator} and of the
	 * Worker on a developer's machine are padded so.
	 */
	private static final Pattern PADDING = Pattern.compile("(.)\\1{7}");

	private static final Pattern THIS_MACHINE = Pattern.compile("(?:.+\\.)?localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]",
			Pattern.CASE_INSENSITIVE);

	private static final String MAKE_ONE = ". Make one with 'openssl rand -base64 32' and set the same on every instance, "
			+ "or leave it out to have the API token used";

	private static final String DERIVED = ", because the key of handoff cookies is derived from it. Copy Cloudflare's "
			+ "token, set a random " + KvPropertyNames.SECRET + ", or set " + KvPropertyNames.SESSION_PREFIX
			+ ".handoff.enabled to false";

	private KeyMaterial() {
	}

	/**
	 * Checks the secret, if there is one.
	 * @param settings the parts of the connection
	 * @throws MalformedKvPropertyException if it is too short or made up
	 */
	static void checkSecret(KvSettings settings) {
		KvSetting secret = settings.secret();
		String text = secret.text();
		if (text == null) {
			return;
		}
		if (text.length() < MIN_SECRET_LENGTH) {
			throw secret.refused("must have at least " + MIN_SECRET_LENGTH + " characters" + MAKE_ONE);
		}
		if (isRepeating(text) || PADDING.matcher(text).find()) {
			throw secret.refused("must be random, but repeats itself" + MAKE_ONE);
		}
		if (text.equalsIgnoreCase(settings.namespaceId().text())
				|| text.equalsIgnoreCase(settings.accountId().text())) {
			throw secret.refused("must be random, but is an id, which others know" + MAKE_ONE);
		}
	}

	/**
	 * Checks the API token, if there is one, before a key is derived from it.
	 * @param settings the parts of the connection
	 * @throws MalformedKvPropertyException if it is too short or made up
	 */
	static void checkToken(KvSettings settings) {
		KvSetting token = settings.apiToken();
		String text = token.text();
		if (text == null) {
			return;
		}
		if (text.length() < MIN_TOKEN_LENGTH) {
			throw token.refused("must have at least " + MIN_TOKEN_LENGTH + " characters" + DERIVED);
		}
		if (isRepeating(text)) {
			throw token.refused("must be random, but repeats itself" + DERIVED);
		}
		if (PADDING.matcher(text).find() && !isOnThisMachine(settings.baseUrl().text())) {
			throw token.refused("must be random, but is padded as a token for tests is, which counts only if "
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
