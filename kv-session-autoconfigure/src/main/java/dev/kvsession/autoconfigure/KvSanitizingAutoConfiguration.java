package dev.kvsession.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.autoconfigure.properties.KvSessionEncryptionProperties;
import dev.kvsession.autoconfigure.properties.KvSessionIdProperties;
import dev.kvsession.client.KvConnection;

/**
 * Auto-configuration that hides the API token, the secret and all keys in the actuator's
 * {@code env} and {@code configprops}, even if the application shows all values.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class KvSanitizingAutoConfiguration {

	/** Without separators, which differ between properties and variables. */
	private static final Set<String> SECRETS = Set.of("cloudflarekvapitoken", "cloudflarekvsecret",
			"cloudflarekvsessionidsigningkeys", "cloudflarekvsessionencryptionkeys");

	/** A shorter text would occur in unrelated values. */
	private static final int MIN_LENGTH = 8;

	@Bean
	SanitizingFunction kvSanitizingFunction(ObjectProvider<KvConnection> connection,
			ObjectProvider<KvConnectionDetails> details, ObjectProvider<KvProperties> properties,
			ObjectProvider<KvSessionIdProperties> ids, ObjectProvider<KvSessionEncryptionProperties> encryption) {
		SingletonSupplier<List<String>> texts = SingletonSupplier.of(() -> Stream
			.of(Stream.of(token(connection.getIfAvailable()),
					KvSettings.of(details.getIfAvailable(), properties.getIfAvailable()).secret().text()),
					ids.stream().flatMap((one) -> one.getSigningKeys().stream()),
					encryption.stream().flatMap((one) -> one.getKeys().stream()))
			.flatMap((some) -> some)
			.filter((text) -> text != null && text.length() >= MIN_LENGTH)
			.map(String::valueOf)
			.toList());
		return (data) -> (isNamed(data) || contains(data, texts.obtain())) ? data.withSanitizedValue() : data;
	}

	private static boolean isNamed(SanitizableData data) {
		return SECRETS.contains(data.getKey().toLowerCase(Locale.ROOT).replaceAll("[._-]|\\[?\\d+]?$", ""));
	}

	// In a command line, SPRING_APPLICATION_JSON, or a variable that a placeholder names.
	private static boolean contains(SanitizableData data, List<String> texts) {
		String value = String.valueOf(data.getValue());
		return texts.stream().anyMatch(value::contains);
	}

	private static @Nullable String token(@Nullable KvConnection connection) {
		return (connection != null) ? connection.apiToken() : null;
	}

}
