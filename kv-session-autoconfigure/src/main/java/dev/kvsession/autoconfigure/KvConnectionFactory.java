package dev.kvsession.autoconfigure;

import java.net.URI;

import dev.kvsession.autoconfigure.failure.KvSetting;
import dev.kvsession.autoconfigure.failure.MalformedKvPropertyException;
import dev.kvsession.autoconfigure.failure.MissingKvPropertyException;
import dev.kvsession.client.KvConnection;

/**
 * Makes a connection from its details, or says which of them is missing or wrong.
 */
final class KvConnectionFactory {

	private KvConnectionFactory() {
	}

	/**
	 * Makes a connection.
	 * @param settings where and how to connect
	 * @return the connection
	 * @throws MissingKvPropertyException if namespace id or token is missing
	 * @throws MalformedKvPropertyException if a part cannot be right
	 */
	static KvConnection create(KvSettings settings) {
		String namespaceId = settings.namespaceId().text();
		String apiToken = settings.apiToken().text();
		if (namespaceId == null || apiToken == null) {
			throw MissingKvPropertyException.of(settings.namespaceId(), settings.apiToken());
		}
		URI baseUrl = baseUrl(settings.baseUrl());
		try {
			return new KvConnection(baseUrl, settings.accountId().text(), namespaceId, apiToken);
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedKvPropertyException(String.valueOf(ex.getMessage()), settings.namespaceId().bean());
		}
	}

	private static URI baseUrl(KvSetting setting) {
		String text = setting.text();
		try {
			return (text != null) ? URI.create(text.strip()) : KvConnection.DEFAULT_BASE_URL;
		}
		catch (IllegalArgumentException ex) {
			// Without its cause, which quotes the whole text: a URL may hold a password.
			throw setting.refused("must be an absolute http or https URL, such as " + KvConnection.DEFAULT_BASE_URL);
		}
	}

}
