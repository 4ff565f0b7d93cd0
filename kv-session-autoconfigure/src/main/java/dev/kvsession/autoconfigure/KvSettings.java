package dev.kvsession.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import dev.kvsession.autoconfigure.failure.KvSetting;
import dev.kvsession.autoconfigure.failure.UnresolvedKvPropertyException;
import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.support.Placeholders;

/**
 * The parts of the connection, from the {@link KvConnectionDetails} bean or from
 * {@code cloudflare.kv.*}. None of them holds a placeholder. Immutable.
 *
 * @param namespaceId the namespace's id
 * @param apiToken the API token
 * @param accountId the account's id
 * @param baseUrl the base URL
 * @param secret the secret
 */
record KvSettings(KvSetting namespaceId, KvSetting apiToken, KvSetting accountId, KvSetting baseUrl, KvSetting secret) {

	KvSettings {
		List<KvSetting> unresolved = Stream.of(namespaceId, apiToken, accountId, baseUrl, secret)
			.filter((setting) -> setting.text() != null && Placeholders.isIn(setting.text()))
			.toList();
		if (!unresolved.isEmpty()) {
			throw new UnresolvedKvPropertyException(unresolved);
		}
	}

	/**
	 * Asks for all parts.
	 * @param details says where KV is; {@code null} if a client of the user's own knows
	 * that, which then may need no token
	 * @param properties the properties, or {@code null} if they are not bound
	 * @return the parts
	 * @throws UnresolvedKvPropertyException if one holds a placeholder
	 */
	static KvSettings of(@Nullable KvConnectionDetails details, @Nullable KvProperties properties) {
		KvSetting secret = property(KvPropertyNames.SECRET, (properties != null) ? properties.getSecret() : null);
		if (details == null) {
			return new KvSettings(
					property(KvPropertyNames.NAMESPACE_ID, (properties != null) ? properties.getNamespaceId() : null),
					property(KvPropertyNames.API_TOKEN, null), property(KvPropertyNames.ACCOUNT_ID, null),
					property(KvPropertyNames.BASE_URL, null), secret);
		}
		String bean = (details instanceof PropertiesKvConnectionDetails) ? null
				: ClassUtils.getUserClass(details).getName();
		KvSetting told = new KvSetting(KvPropertyNames.SECRET, details.getSecret(), bean);
		return new KvSettings(new KvSetting(KvPropertyNames.NAMESPACE_ID, details.getNamespaceId(), bean),
				new KvSetting(KvPropertyNames.API_TOKEN, details.getApiToken(), bean),
				new KvSetting(KvPropertyNames.ACCOUNT_ID, details.getAccountId(), bean),
				new KvSetting(KvPropertyNames.BASE_URL, details.getBaseUrl(), bean), told.isPresent() ? told : secret);
	}

	private static KvSetting property(String name, @Nullable String text) {
		return new KvSetting(name, text, null);
	}

}
