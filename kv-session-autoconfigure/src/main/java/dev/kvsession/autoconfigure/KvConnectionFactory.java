package dev.kvsession.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import dev.kvsession.client.KvConnection;

/**
 * Makes a connection from its details, or says which of them is missing or wrong.
 */
final class KvConnectionFactory {

	private KvConnectionFactory() {
	}

	/**
	 * Makes a connection.
	 * @param details where and how to connect
	 * @return the connection
	 * @throws MissingKvPropertyException if namespace id or token is missing
	 * @throws MalformedKvPropertyException if a part cannot be right
	 */
	static KvConnection create(KvConnectionDetails details) {
		String namespaceId = textOrNull(details.getNamespaceId());
		String apiToken = textOrNull(details.getApiToken());
		if (namespaceId == null || apiToken == null) {
			throw MissingKvPropertyException.of(namespaceId != null, apiToken != null);
		}
		URI baseUrl = baseUrl(details.getBaseUrl());
		try {
			return new KvConnection(baseUrl, textOrNull(details.getAccountId()), namespaceId, apiToken);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedKvPropertyException(String.valueOf(ex.getMessage()));
		}
	}

	private static URI baseUrl(String text) {
		try {
			return URI.create(text.strip());
		}
		catch (IllegalArgumentException ex) {
			// Without its cause, which quotes the whole text: a URL may hold a password.
			throw new MalformedKvPropertyException("'" + KvPropertyNames.BASE_URL
					+ "' must be an absolute http or https URL, such as " + KvConnection.DEFAULT_BASE_URL);
		}
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

}
