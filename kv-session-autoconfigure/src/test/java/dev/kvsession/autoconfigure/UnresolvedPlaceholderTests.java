package dev.kvsession.autoconfigure;

import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import dev.kvsession.client.KvClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A variable that is not set leaves its placeholder in the setting, where everybody can
 * read it: the application does not start.
 */
class UnresolvedPlaceholderTests {

	private static final String BEAN = UnresolvedPlaceholderTests.class.getName() + "$Details";

	static Stream<Arguments> settings() {
		return Stream.of("api-token", "namespace-id", "account-id", "secret", "base-url")
			.flatMap((name) -> Stream
				.of("${UNSET_VARIABLE}", "${UNSET_VARIABLE:${UNSET_VARIABLE}}", "https://${UNSET_VARIABLE}/v4",
						"Bearer ${UNSET_VARIABLE}", "${given.elsewhere}")
				.map((value) -> Arguments.of(name, value)));
	}

	@ParameterizedTest
	@MethodSource("settings")
	@DisplayName("P12 an unset variable stops the start, which names the property, its origin and the variable")
	void anUnsetVariableStopsTheStart(String name, String value) {
		FailedStart start = FailedStart.of(SessionContexts.configured()
			.withPropertyValues("given.elsewhere=${UNSET_VARIABLE}", "cloudflare.kv." + name + "=" + value));
		assertThat(start.description())
			.contains("cloudflare.kv." + name + " (from \"cloudflare.kv." + name + "\" from ")
			.contains("UNSET_VARIABLE is not set");
		assertThat(start.action()).startsWith("Set UNSET_VARIABLE");
	}

	@Test
	void theQuickStartWithoutItsVariablesIsToldBoth() {
		FailedStart start = FailedStart.of(SessionContexts.unconfigured()
			.withPropertyValues("cloudflare.kv.namespace-id=${UNSET_NAMESPACE_ID}",
					"cloudflare.kv.api-token=${UNSET_API_TOKEN}"));
		assertThat(start.description()).contains("cloudflare.kv.namespace-id", "UNSET_NAMESPACE_ID is not set",
				"cloudflare.kv.api-token", "UNSET_API_TOKEN is not set");
		assertThat(start.action()).contains("UNSET_NAMESPACE_ID", "UNSET_API_TOKEN", "environment")
			.doesNotContain("title");
	}

	@ParameterizedTest
	@CsvSource({ "$UNSET_VARIABLE,UNSET_VARIABLE", "$(UNSET_VARIABLE),UNSET_VARIABLE",
			"%UNSET_VARIABLE%,UNSET_VARIABLE", "<your API token>,", "@api.token@,", "{{ api_token }},",
			"#{systemProperties['api.token']},", "${cat /run/secrets/token},", "${UNSET,", "${},", "${s3cr3t/},",
			"$(cat s3cr3t),", "__UNSET_VARIABLE__,UNSET_VARIABLE", "<32+ random characters; e.g. of openssl>,",
			"'\"$UNSET_VARIABLE\"',UNSET_VARIABLE", "`$(UNSET_VARIABLE)`,UNSET_VARIABLE" })
	@DisplayName("P12 placeholders of other tools stop it as well, and only what is certainly a name is shown")
	void placeholdersOfOtherTools(String value, String variable) {
		for (String name : new String[] { "api-token", "secret" }) {
			FailedStart start = FailedStart
				.of(SessionContexts.configured().withPropertyValues("cloudflare.kv." + name + "=" + value));
			assertThat(start.description()).contains("cloudflare.kv." + name + " (from ")
				.contains((variable != null) ? variable + " is not set" : "a placeholder");
			assertThat(start.everything()).doesNotContain("s3cr3t", "/run/", "systemProperties", "your API token");
		}
	}

	@Test
	@DisplayName("P12 what stands around or behind a placeholder's name is not shown")
	void showsNothingButTheName() {
		FailedStart start = FailedStart.of(SessionContexts.configured()
			.withPropertyValues("cloudflare.kv.api-token=s3cr3t-1${UNSET_VARIABLE:s3cr3t-2${UNSET_OTHER}}s3cr3t-3"));
		assertThat(start.description()).contains("UNSET_OTHER is not set");
		assertThat(start.everything()).doesNotContain("s3cr3t");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a$-token{that}-nobody-may-see", "a-token$UNSET_VARIABLE-that-nobody-sees",
			"<a>-token-that-nobody-may-see", "$a-token-that-nobody-may-see", "a-token-that-nobody-may%SEE%",
			"${UNSET_VARIABLE:a-token-that-nobody-may-see}" })
	void aTokenWithTheSameCharactersIsTaken(String token) {
		SessionContexts.configured()
			.withPropertyValues("cloudflare.kv.api-token=" + token)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4 })
	@DisplayName("P12 a connection details bean stops it as well, and is named")
	void detailsOfABean(int at) {
		FailedStart start = FailedStart.of(SessionContexts.configured()
			.withBean(KvConnectionDetails.class, () -> new Details(at, "s3cr3t-${UNSET_VARIABLE}")));
		String property = "cloudflare.kv."
				+ new String[] { "namespace-id", "api-token", "account-id", "secret", "base-url" }[at];
		assertThat(start.description()).contains(property + " (from " + BEAN + "): UNSET_VARIABLE is not set");
		assertThat(start.everything()).doesNotContain("s3cr3t");
	}

	@Test
	void aMistakeInABeanIsToldOfTheBean() {
		FailedStart start = FailedStart.of(SessionContexts.configured()
			.withBean(KvConnectionDetails.class, () -> new Details(0, "a-s3cr3t-title")));
		assertThat(start.description())
			.isEqualTo("cloudflare.kv.namespace-id (from " + BEAN + ") must be 32 hexadecimal digits.");
		assertThat(start.everything()).doesNotContain("s3cr3t");
		start = FailedStart
			.of(SessionContexts.configured().withBean(KvConnectionDetails.class, () -> new Details(1, " ")));
		assertThat(start.description()).contains("cloudflare.kv.api-token (from " + BEAN + ") is missing or blank");
		start = FailedStart.of(SessionContexts.configured()
			.withPropertyValues("cloudflare.kv.secret=of-no-interest-here-0123456789abcdef")
			.withBean(KvConnectionDetails.class, () -> new Details(3, "s3cr3t")));
		assertThat(start.description()).startsWith("cloudflare.kv.secret (from " + BEAN + ") must have at least 32");
	}

	@Test
	void otherClientsNeedTheirSecretAsWell() {
		WebApplicationContextRunner own = SessionContexts.unconfigured()
			.withBean(KvClient.class, InMemoryKvClient::new);
		FailedStart start = FailedStart
			.of(own.withPropertyValues("cloudflare.kv.secret=a-secret-that-nobody-may-see-${UNSET_VARIABLE}"));
		assertThat(start.description()).contains("cloudflare.kv.secret (from ").contains("UNSET_VARIABLE is not set");
		start = FailedStart.of(own.withBean(KvConnectionDetails.class, () -> new Details(1, "${UNSET_VARIABLE}")));
		assertThat(start.description()).contains("cloudflare.kv.api-token (from " + BEAN + "): UNSET_VARIABLE");
	}

	@Test
	void lazyBeansAndApplicationsWithoutSessionsAreToldAtTheStart() {
		FailedStart start = FailedStart.of(SessionContexts.configured()
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("cloudflare.kv.api-token=${UNSET_VARIABLE}"));
		assertThat(start.description()).contains("UNSET_VARIABLE is not set");
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KvClientAutoConfiguration.class))
			.withPropertyValues("cloudflare.kv.api-token=${UNSET_VARIABLE}",
					"cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("UNSET_VARIABLE"));
	}

	/**
	 * Right but for one text.
	 */
	private static final class Details implements KvConnectionDetails {

		private final String[] texts = { SessionContexts.NAMESPACE_ID, SessionContexts.TOKEN, null, null,
				"http://127.0.0.1:1/client/v4" };

		Details(int at, String text) {
			this.texts[at] = text;
		}

		@Override
		public String getNamespaceId() {
			return this.texts[0];
		}

		@Override
		public String getApiToken() {
			return this.texts[1];
		}

		@Override
		public String getAccountId() {
			return this.texts[2];
		}

		@Override
		public String getSecret() {
			return this.texts[3];
		}

		@Override
		public String getBaseUrl() {
			return this.texts[4];
		}

	}

}
