package dev.kvsession.client;

import java.net.URI;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A KV namespace's address and the token for it. Immutable; {@link #toString()} leaves
 * the token out.
 *
 * @param baseUrl the API's base URL, http or https, without query; a slash at its end is
 * dropped
 * @param accountId the account's id, 32 hexadecimal digits, or {@code null} to look it up
 * with the token
 * @param namespaceId the namespace's id, 32 hexadecimal digits
 * @param apiToken the API token; never shown
 */
public record KvConnection(URI baseUrl, @Nullable String accountId, String namespaceId, String apiToken) {

	/** Cloudflare's own API. */
	public static final URI DEFAULT_BASE_URL = URI.create("https://api.cloudflare.com/client/v4");

	/**
	 * Shape of Cloudflare's ids. Source: the official OpenAPI text has them as strings of
	 * at most 32 characters, and all are hexadecimal (read 2026-11).
	 */
	private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");

	/**
	 * Creates a connection.
	 * @throws IllegalArgumentException if a part is malformed or is another part; the
	 * message names the property, and never contains the token
	 */
	public KvConnection {
		baseUrl = checkedBaseUrl(baseUrl);
		check(ConnectionMistakes.accountId(accountId));
		check(ConnectionMistakes.namespaceId(namespaceId, accountId));
		check(ConnectionMistakes.apiToken(apiToken, namespaceId, accountId));
	}

	/**
	 * Creates a connection to Cloudflare's own API.
	 * @param accountId the account's id, or {@code null} to look it up with the token
	 * @param namespaceId the namespace's id
	 * @param apiToken the API token
	 * @throws IllegalArgumentException if a part is malformed
	 */
	public KvConnection(@Nullable String accountId, String namespaceId, String apiToken) {
		this(DEFAULT_BASE_URL, accountId, namespaceId, apiToken);
	}

	public static boolean isId(String text) {
		return ID.matcher(text).matches();
	}

	private static void check(@Nullable String mistake) {
		Assert.isTrue(mistake == null, () -> String.valueOf(mistake));
	}

	private static URI checkedBaseUrl(URI url) {
		check(ConnectionMistakes.baseUrl(url));
		String text = url.toString();
		return (text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : url);
	}

	@Override
	public String toString() {
		return "KvConnection[baseUrl=" + this.baseUrl + ", accountId=" + this.accountId + ", namespaceId="
				+ this.namespaceId + "]";
	}

}
