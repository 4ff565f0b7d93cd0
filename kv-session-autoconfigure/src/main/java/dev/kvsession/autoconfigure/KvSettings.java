package dev.kvsession.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import dev.kvsession.autoconfigure.failure.KvConfigurationException;
import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.autoconfigure.properties.KvPropertyNames;
import dev.kvsession.client.KvConnection;
import dev.kvsession.client.support.Placeholders;

/**
 * The settings of the connection, from the {@link KvConnectionDetails} bean or from
 * {@code cloudflare.kv.*}. None of them holds a placeholder. Immutable.
 *
 * @param namespaceId the namespace's id
 * @param apiToken the API token
 * @param accountId the account's id
 * @param baseUrl the base URL
 * @param secret the secret
 */
record KvSettings(Setting namespaceId, Setting apiToken, Setting accountId, Setting baseUrl, Setting secret) {

	private static final String LINE = System.lineSeparator() + "    ";

	private static final String AHEAD_OF_TIME = " The application was built ahead of time (AOT), which includes Cloudflare "
			+ "KV by default. To go without, build it with " + KvPropertyNames.SESSION_PREFIX + ".enabled=false.";

	KvSettings {
		List<Setting> unresolved = Stream.of(namespaceId, apiToken, accountId, baseUrl, secret)
			.filter((setting) -> setting.text() != null && Placeholders.isIn(setting.text()))
			.toList();
		if (!unresolved.isEmpty()) {
			throw unresolved(unresolved);
		}
	}

	/**
	 * Reads the settings.
	 * @param details says where KV is; {@code null} if the application has a client of
	 * its own, which may need no token
	 * @param properties the properties, or {@code null} if they are not bound
	 * @return the settings
	 * @throws KvConfigurationException if one holds a placeholder
	 */
	static KvSettings of(@Nullable KvConnectionDetails details, @Nullable KvProperties properties) {
		Setting secret = new Setting(KvPropertyNames.SECRET, (properties != null) ? properties.getSecret() : null,
				null);
		if (details == null) {
			String namespaceId = (properties != null) ? properties.getNamespaceId() : null;
			return new KvSettings(new Setting(KvPropertyNames.NAMESPACE_ID, namespaceId, null),
					new Setting(KvPropertyNames.API_TOKEN, null, null),
					new Setting(KvPropertyNames.ACCOUNT_ID, null, null),
					new Setting(KvPropertyNames.BASE_URL, null, null), secret);
		}
		String bean = (details instanceof PropertiesKvConnectionDetails) ? null
				: ClassUtils.getUserClass(details).getName();
		Setting ofDetails = new Setting(KvPropertyNames.SECRET, details.getSecret(), bean);
		return new KvSettings(new Setting(KvPropertyNames.NAMESPACE_ID, details.getNamespaceId(), bean),
				new Setting(KvPropertyNames.API_TOKEN, details.getApiToken(), bean),
				new Setting(KvPropertyNames.ACCOUNT_ID, details.getAccountId(), bean),
				new Setting(KvPropertyNames.BASE_URL, details.getBaseUrl(), bean),
				(ofDetails.text() != null) ? ofDetails : secret);
	}

	/**
	 * Makes the connection.
	 * @return the connection
	 * @throws KvConfigurationException if a setting is missing or malformed
	 */
	KvConnection connection() {
		String id = this.namespaceId.text();
		String token = this.apiToken.text();
		if (id == null || token == null) {
			throw missing();
		}
		URI url = url();
		try {
			return new KvConnection(url, this.accountId.text(), id, token);
		}
		catch (IllegalArgumentException ex) {
			throw Setting.malformed(String.valueOf(ex.getMessage()), this.namespaceId.bean());
		}
	}

	private URI url() {
		String text = this.baseUrl.text();
		try {
			return (text != null) ? URI.create(text.strip()) : KvConnection.DEFAULT_BASE_URL;
		}
		catch (IllegalArgumentException ex) {
			// Without its cause, which quotes the whole text: a URL may hold a password.
			throw this.baseUrl
				.malformed("must be an absolute http or https URL, such as " + KvConnection.DEFAULT_BASE_URL);
		}
	}

	private KvConfigurationException missing() {
		List<Setting> missing = Stream.of(this.namespaceId, this.apiToken).filter((one) -> one.text() == null).toList();
		String names = missing.stream().map(Setting::property).collect(Collectors.joining(" and "));
		String action = "Set " + names
				+ ": the namespace's id and an API token with the permission 'Workers KV Storage: Edit' are both needed.";
		if (missing.size() > 1) {
			return new KvConfigurationException(
					"Cloudflare KV is not configured: " + this.namespaceId.named() + " and " + this.apiToken.named()
							+ " are missing or blank.",
					AotDetector.useGeneratedArtifacts() ? action + AHEAD_OF_TIME : action);
		}
		Setting present = missing.contains(this.apiToken) ? this.namespaceId : this.apiToken;
		return new KvConfigurationException(
				"Cloudflare KV is configured in part: " + present.named() + " is set, but " + missing.get(0).named()
						+ " is missing or blank.",
				action + " To go without Cloudflare KV, remove " + present.property() + ".");
	}

	private static KvConfigurationException unresolved(List<Setting> settings) {
		String variables = settings.stream()
			.flatMap((setting) -> setting.variables().stream())
			.distinct()
			.collect(Collectors.joining(" and "));
		return new KvConfigurationException(
				settings.stream()
					.map(Setting::unresolved)
					.collect(Collectors.joining(LINE, "These settings of Cloudflare KV have no value:" + LINE, ".")),
				"Set " + (variables.isEmpty() ? "the variables that the placeholders name" : variables)
						+ " in the environment, or write the value itself into the setting. A placeholder is never used as "
						+ "the value, because everybody can read it.");
	}

	/**
	 * One setting as it was configured. Immutable; {@link #toString()} leaves the text
	 * out.
	 *
	 * @param property the property's name
	 * @param text the text, {@code null} if it is missing or blank
	 * @param bean the type of the bean that returned it, {@code null} for the property
	 */
	record Setting(String property, @Nullable String text, @Nullable String bean) {

		/**
		 * The property in quotes, what it must be, and, as a second sentence, what to do.
		 */
		private static final Pattern MISTAKE = Pattern.compile("'([a-z.-]+)' (.+?)(?:\\. (.+))?");

		Setting {
			text = StringUtils.hasText(text) ? text : null;
		}

		KvConfigurationException malformed(String mistake) {
			return malformed("'" + this.property + "' " + mistake, this.bean);
		}

		private static KvConfigurationException malformed(String message, @Nullable String bean) {
			Matcher parts = MISTAKE.matcher(message);
			if (!parts.matches()) {
				return new KvConfigurationException(message + ".", "Correct the connection to Cloudflare KV.");
			}
			String remedy = parts.group(3);
			return new KvConfigurationException(
					new Setting(parts.group(1), null, bean).named() + " " + parts.group(2) + ".",
					((remedy != null) ? remedy : "Correct " + parts.group(1)) + ".");
		}

		/**
		 * Names the property, and the bean or, by its quotes, the place that it is from.
		 */
		private String named() {
			return (this.bean != null) ? this.property + " (from " + this.bean + ")" : "'" + this.property + "'";
		}

		private List<String> variables() {
			return (this.text != null) ? Placeholders.variables(this.text) : List.of();
		}

		private String unresolved() {
			List<String> variables = variables();
			return named() + ": " + (variables.isEmpty() ? "a placeholder in it was not replaced"
					: String.join(" and ", variables) + ((variables.size() > 1) ? " are" : " is") + " not set");
		}

		@Override
		public String toString() {
			return "Setting[property=" + this.property + ", bean=" + this.bean + "]";
		}

	}

}
