package dev.kvsession.autoconfigure;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import dev.kvsession.test.KvEmulator;
import dev.kvsession.test.KvEmulatorExtension;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class FailureAnalysisTests {

	@RegisterExtension
	static KvEmulatorExtension kv = new KvEmulatorExtension(KvEmulatorSettings.realistic(1));

	@Test
	void saysThatTheTokenIsMissing() {
		FailedStart start = FailedStart.of(SessionContexts.unconfigured()
			.withPropertyValues("cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID,
					"cloudflare.kv.api-token=${CLOUDFLARE_KV_UNSET:}"));
		assertThat(start.description()).contains("cloudflare.kv.namespace-id (from ")
			.contains("is set, but cloudflare.kv.api-token")
			.contains("is missing or blank");
		assertThat(start.action()).startsWith("Set cloudflare.kv.api-token:").contains("Workers KV Storage: Edit");
	}

	@Test
	void saysThatTheNamespaceIsMissing() {
		FailedStart start = FailedStart
			.of(SessionContexts.unconfigured().withPropertyValues("cloudflare.kv.api-token=" + SessionContexts.TOKEN));
		assertThat(start.description()).contains("cloudflare.kv.namespace-id is missing or blank");
		assertThat(start.action()).startsWith("Set cloudflare.kv.namespace-id:");
		assertThat(start.everything()).doesNotContain(SessionContexts.TOKEN);
	}

	@Test
	void saysSoAlsoIfBeansAreLazy() {
		FailedStart start = FailedStart.of(SessionContexts.unconfigured()
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("cloudflare.kv.api-token=" + SessionContexts.TOKEN));
		assertThat(start.description()).contains("cloudflare.kv.namespace-id is missing or blank");
	}

	@Test
	void saysThatBothAreMissingWhereTheAnnotationAsksForSessions() {
		FailedStart start = FailedStart
			.of(SessionContexts.unconfigured().withUserConfiguration(EnableKvHttpSessionTests.Plain.class));
		assertThat(start.description())
			.isEqualTo("Cloudflare KV is not configured: cloudflare.kv.namespace-id and cloudflare.kv.api-token are "
					+ "missing or blank.");
		assertThat(start.action()).startsWith("Set cloudflare.kv.namespace-id and cloudflare.kv.api-token:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "namespace-id", "account-id" })
	void saysThatAnIdIsMalformedButNotWhatItIs(String name) {
		FailedStart start = FailedStart
			.of(SessionContexts.configured().withPropertyValues("cloudflare.kv." + name + "=" + SessionContexts.TOKEN));
		assertThat(start.description()).startsWith("cloudflare.kv." + name + " (from ")
			.endsWith(" must be 32 hexadecimal digits.");
		assertThat(start.action()).startsWith("Copy ");
		assertThat(start.everything()).doesNotContain(SessionContexts.TOKEN);
	}

	@ParameterizedTest
	@CsvSource({ "the shop's sessions,'must be 32 hexadecimal digits.',not its title",
			"https://dash.cloudflare.com/acc/workers/kv/namespaces/0f2a,but is a URL.,alone out of it",
			"{\"id\":\"0f2a\"},but looks like a tool's output.,value of 'id'",
			"cfut_" + SessionContexts.TOKEN + ",but looks like an API token.,Set cloudflare.kv.api-token to the token",
			SessionContexts.ACCOUNT_ID + ",holds as well.,the namespace's ID" })
	@DisplayName("P12 what was given as the namespace's id is named, with what to do, and not shown")
	void saysWhatWasGivenAsTheNamespace(String given, String what, String remedy) {
		FailedStart start = FailedStart
			.of(SessionContexts.configured().withPropertyValues("cloudflare.kv.namespace-id=" + given));
		assertThat(start.description()).startsWith("cloudflare.kv.namespace-id (from ").endsWith(what);
		assertThat(start.action()).contains(remedy);
		assertThat(start.everything()).doesNotContain(given);
	}

	@Test
	void saysThatTheTokenIsMalformedButNotWhatItIs() {
		FailedStart start = FailedStart.of(SessionContexts.configured()
			.withPropertyValues("cloudflare.kv.api-token=Bearer " + SessionContexts.TOKEN));
		assertThat(start.description()).startsWith("cloudflare.kv.api-token (from ").contains("without blanks");
		assertThat(start.action()).startsWith("Copy the API token again");
		assertThat(start.everything()).doesNotContain(SessionContexts.TOKEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "kv.example.com/client/v4", "ftp://example.com", "https://user:pass-word@example.com",
			"https:// pass-word.example.com", "https://example.com/client/v4?a=b" })
	void saysThatTheBaseUrlIsNone(String baseUrl) {
		FailedStart start = FailedStart
			.of(SessionContexts.configured().withPropertyValues("cloudflare.kv.base-url=" + baseUrl));
		assertThat(start.description()).startsWith("cloudflare.kv.base-url (from ")
			.contains("must be an absolute http or https URL")
			.endsWith("https://api.cloudflare.com/client/v4.");
		assertThat(start.action()).isEqualTo("Correct cloudflare.kv.base-url.");
		assertThat(start.everything()).doesNotContain("pass-word");
	}

	@Test
	void saysWhichBoundIsNotKept() {
		FailedStart start = FailedStart
			.of(SessionContexts.configured().withPropertyValues("cloudflare.kv.session.near-cache.ttl=1s"));
		assertThat(start.description()).contains("cloudflare.kv.session.near-cache.ttl")
			.contains("1s")
			.contains("must be at least 2 seconds");
	}

	@Test
	@DisplayName("P13 with verify-on-startup a refused token stops the start")
	void saysThatTheTokenIsRefused() {
		FailedStart start = FailedStart
			.of(verifying(kv.emulator()).withPropertyValues("cloudflare.kv.api-token=" + SessionContexts.TOKEN));
		assertThat(start.description()).startsWith("Cloudflare KV cannot be used. ").contains("status 40");
		assertThat(start.action()).startsWith("Check cloudflare.kv.api-token (from ")
			.contains("Workers KV Storage: Edit");
		assertThat(start.everything()).doesNotContain(SessionContexts.TOKEN);
	}

	@Test
	@DisplayName("P13 with verify-on-startup a wrong namespace stops the start")
	void saysThatTheNamespaceIsNotFound() {
		FailedStart start = FailedStart.of(verifying(kv.emulator())
			.withPropertyValues("cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID));
		assertThat(start.description()).contains("status 404");
		assertThat(start.action()).startsWith("Check cloudflare.kv.namespace-id (from ")
			.contains("cloudflare.kv.account-id (from ", "cloudflare.kv.base-url (from ", "ends in /client/v4");
		assertThat(start.everything()).doesNotContain(kv.emulator().apiToken());
	}

	@ParameterizedTest
	@CsvSource({ "0,sees no account", "3,sees 3 accounts" })
	@DisplayName("P13 with verify-on-startup an account that cannot be told stops the start")
	void saysThatTheAccountCannotBeTold(int accounts, String words) {
		try (KvEmulator emulator = KvEmulator.start(KvEmulatorSettings.realistic(1).withAccounts(accounts))) {
			FailedStart start = FailedStart.of(verifying(emulator).withPropertyValues("cloudflare.kv.account-id="));
			assertThat(start.description()).contains(words);
			assertThat(start.action()).startsWith("Check ").contains("cloudflare.kv.account-id");
		}
	}

	@Test
	void saysThatKvCannotBeReached() {
		FailedStart start = FailedStart
			.of(SessionContexts.configured().withPropertyValues("cloudflare.kv.verify-on-startup=true"));
		assertThat(start.description()).startsWith("Cloudflare KV cannot be used. ");
		assertThat(start.action()).startsWith("Check cloudflare.kv.base-url (from ")
			.contains("cloudflare.kv.verify-on-startup");
	}

	private static WebApplicationContextRunner verifying(KvEmulator emulator) {
		return SessionContexts.unconfigured()
			.withPropertyValues(emulator.propertyPairs())
			.withPropertyValues("cloudflare.kv.verify-on-startup=true");
	}

}
