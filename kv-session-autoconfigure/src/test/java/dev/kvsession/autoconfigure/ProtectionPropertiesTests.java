package dev.kvsession.autoconfigure;

import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;

import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.SessionTenant;

import static org.assertj.core.api.Assertions.assertThat;

class ProtectionPropertiesTests {

	private static final String KEY = "a:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=";

	private static final String SIGNING = "cloudflare.kv.session.id.signing-keys=" + KEY;

	private static void started(Consumer<AssertableWebApplicationContext> check, String... properties) {
		SessionContexts.configured().withPropertyValues(properties).run(check::accept);
	}

	private static String newKey(AssertableWebApplicationContext context) {
		return context.getBean(KvSessionRepository.class).createSession().getRecordKey();
	}

	private static String newId(AssertableWebApplicationContext context) {
		return context.getBean(KvSessionRepository.class).createSession().getId();
	}

	@Test
	@DisplayName("P2 keys alone switch signing on, and storage-hash alone hashing; without them ids are as they were")
	void writeIsTheDefault() {
		started((context) -> assertThat(newId(context)).hasSize(43));
		started((context) -> assertThat(newId(context)).startsWith("s.a."), SIGNING);
		started((context) -> assertThat(newKey(context)).startsWith("session:="),
				"cloudflare.kv.session.id.storage-hash=true");
		started((context) -> assertThat(newId(context)).startsWith("sh.a."), SIGNING,
				"cloudflare.kv.session.id.storage-hash=true");
		started((context) -> assertThat(newId(context)).hasSize(43), SIGNING,
				"cloudflare.kv.session.id.signing-mode=read");
	}

	@ParameterizedTest
	@CsvSource({ "id.signing-mode,id.signing-keys", "id.storage-hash-mode,id.storage-hash",
			"encryption.mode,encryption.keys" })
	@DisplayName("P13 a mode without its keys stops the start and names both")
	void modesNeedKeys(String mode, String keys) {
		started((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("cloudflare.kv.session." + mode)
			.hasMessageContaining("cloudflare.kv.session." + keys), "cloudflare.kv.session." + mode + "=write");
	}

	@ParameterizedTest
	@CsvSource({ "id.signing-keys", "encryption.keys" })
	@DisplayName("P12 a malformed key stops the start, which names the property and not the key")
	void malformedKeys(String property) {
		started((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("cloudflare.kv.session." + property)
			.hasMessageContaining("key 2")
			.hasMessageNotContaining("tooshort"), "cloudflare.kv.session." + property + "=" + KEY + ",b:tooshort");
	}

	@Test
	@DisplayName("P5 a tenant without signed ids stops the start")
	void tenantsNeedSignedIds() {
		SessionContexts.configured()
			.withBean(SessionTenant.class, () -> (headers) -> "a")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("signing-keys"));
		SessionContexts.configured()
			.withBean(SessionTenant.class, () -> (headers) -> "a")
			.withPropertyValues(SIGNING)
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
