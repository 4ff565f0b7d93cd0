package dev.kvsession.client;

import java.net.URI;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import dev.kvsession.client.support.Placeholders;

/**
 * Explains what is wrong with a part of a connection, what it seems to be instead, and
 * what to do. Never repeats the part: if two are mixed up, it may be the token.
 */
final class ConnectionMistakes {

	private static final String UNREPLACED = "a placeholder that nothing has replaced. Set the variable that it names, "
			+ "or write ";

	private static final Pattern AROUND = Pattern.compile("^[\"'`\\s]+|[\"'`\\s]+$");

	private static final Pattern HEADER_TEXT = Pattern.compile("[\\x21-\\x7e]+");

	/**
	 * Cloudflare's tokens have 40 letters and digits, those of 2026 and later a prefix
	 * and a checksum as well; a gateway's secret is hexadecimal, as a rule. Source:
	 * developers.cloudflare.com/fundamentals/api/get-started/token-formats (read
	 * 2026-11).
	 */
	private static final Pattern TOKEN = Pattern.compile(
			"(?:Bearer )?(?:cf[ua]t_.*|[0-9a-fA-F]{40,}" + "|(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9_-]{40,})");

	private static final Pattern URL = Pattern.compile(".*(?:://|(?:accounts|namespaces)/).*", Pattern.DOTALL);

	/** JSON of the API, or what {@code wrangler} prints for its configuration. */
	private static final Pattern OUTPUT = Pattern.compile("[\\[{].*|.*[=:]\\s*[\"'].*", Pattern.DOTALL);

	private static final Pattern QUOTED = Pattern.compile("([\"']).*\\1");

	/** Begins a credential that is no bearer token. Source: as {@link #TOKEN}. */
	private static final String GLOBAL_KEY = "cfk_";

	private static final String INVALID_URL = "be an absolute http or https URL without user, query and fragment, such as "
			+ KvConnection.DEFAULT_BASE_URL;

	private static final String CLOUDFLARES = ". Set it to " + KvConnection.DEFAULT_BASE_URL + ", or leave it out";

	private static final int GREATEST_PORT = 65535;

	private ConnectionMistakes() {
	}

	static @Nullable String baseUrl(@Nullable URI url) {
		String mistake = (url != null) ? mistakeOf(url) : INVALID_URL;
		return (mistake != null) ? "'cloudflare.kv.base-url' must " + mistake : null;
	}

	private static @Nullable String mistakeOf(URI url) {
		boolean http = "http".equalsIgnoreCase(url.getScheme());
		boolean valid = (http || "https".equalsIgnoreCase(url.getScheme())) && url.getRawAuthority() != null
				&& url.getRawAuthority().indexOf('@') < 0 && url.getRawQuery() == null && url.getRawFragment() == null;
		if (!valid) {
			return INVALID_URL;
		}
		if (url.getHost() == null || url.getPort() > GREATEST_PORT) {
			return "have a host name of letters, digits, hyphens and dots (no underscore), and a port up to "
					+ GREATEST_PORT + ". Give the host another name, or use its address";
		}
		if (!KvConnection.DEFAULT_BASE_URL.getHost().equalsIgnoreCase(url.getHost())) {
			return null;
		}
		if (http) {
			return "begin with https at Cloudflare's own API, or the token could be read on its way" + CLOUDFLARES;
		}
		String path = KvConnection.DEFAULT_BASE_URL.getRawPath();
		return url.getRawPath().replaceAll("/+$", "").equals(path) ? null
				: "have the path " + path + " at Cloudflare's own API" + CLOUDFLARES;
	}

	static @Nullable String accountId(@Nullable String text) {
		String property = "'cloudflare.kv.account-id' ";
		String leaveOut = "eave it out to have it looked up";
		if (text == null || KvConnection.isId(text)) {
			return null;
		}
		return property + (text.isBlank() ? "is blank. L" + leaveOut : id(text.strip(), "the account's ID",
				". Copy it from the account's overview in Cloudflare's dashboard, or l" + leaveOut));
	}

	static @Nullable String namespaceId(@Nullable String text, @Nullable String accountId) {
		String property = "'cloudflare.kv.namespace-id' ";
		String noun = "the namespace's ID";
		if (!StringUtils.hasText(text)) {
			return property + "is missing. Set it to " + noun;
		}
		if (!KvConnection.isId(text)) {
			return property + id(text.strip(), noun, ". Copy " + noun + ", not its title, from Cloudflare's dashboard");
		}
		String isAccount = property + "is the account's id, which 'cloudflare.kv.account-id' holds as well. Copy "
				+ noun + " from Cloudflare's dashboard";
		return text.equalsIgnoreCase(accountId) ? isAccount : null;
	}

	private static String id(String text, String noun, String otherwise) {
		return "must be 32 hexadecimal digits" + insteadOfId(text, noun, otherwise);
	}

	private static String insteadOfId(String text, String noun, String otherwise) {
		if (Placeholders.isIn(text)) {
			return ", but is " + UNREPLACED + noun + " instead";
		}
		if (KvConnection.isId(AROUND.matcher(text).replaceAll(""))) {
			return " without quotes or blanks around them. Remove what stands around " + noun;
		}
		if (TOKEN.matcher(text).matches()) {
			return ", but looks like an API token. Set cloudflare.kv.api-token to the token, and this to " + noun;
		}
		if (URL.matcher(text).matches()) {
			return ", but is a URL. Copy " + noun + " alone out of it";
		}
		if (OUTPUT.matcher(text).matches()) {
			return ", but looks like a tool's output. Copy the value of 'id' alone, without quotes";
		}
		return otherwise;
	}

	static @Nullable String apiToken(@Nullable String text, String namespaceId, @Nullable String accountId) {
		String instead = StringUtils.hasText(text) ? insteadOfToken(text, namespaceId, accountId)
				: "is missing. Set it to an API token with the permission 'Workers KV Storage: Edit'";
		return (instead != null) ? "'cloudflare.kv.api-token' " + instead : null;
	}

	private static @Nullable String insteadOfToken(String text, String namespaceId, @Nullable String accountId) {
		if (Placeholders.isIn(text)) {
			return "is " + UNREPLACED + "the API token instead";
		}
		if (text.equalsIgnoreCase(namespaceId)) {
			return "is the namespace's id, which is no secret. Copy the API token";
		}
		if (text.equalsIgnoreCase(accountId)) {
			return "is the account's id, which is no secret. Copy the API token";
		}
		if (text.startsWith(GLOBAL_KEY)) {
			return "is a Global API Key. Create an API token with the permission 'Workers KV Storage: Edit'";
		}
		if (text.startsWith("{\"")) {
			return "looks like a tool's output. Copy the value of 'value' alone, without quotes";
		}
		return (HEADER_TEXT.matcher(text).matches() && !QUOTED.matcher(text).matches()) ? null
				: "must be printable ASCII without blanks. Copy the API token again, without quotes, line breaks or "
						+ "'Bearer'";
	}

}
