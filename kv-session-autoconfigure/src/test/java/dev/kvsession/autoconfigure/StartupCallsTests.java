package dev.kvsession.autoconfigure;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import dev.kvsession.autoconfigure.bean.KvStartupVerification;
import dev.kvsession.client.KvClient;
import dev.kvsession.test.KvEmulatorExtension;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

class StartupCallsTests {

	@RegisterExtension
	static KvEmulatorExtension kv = new KvEmulatorExtension(KvEmulatorSettings.realistic(2));

	private final WebApplicationContextRunner contexts = SessionContexts.unconfigured()
		.withPropertyValues(kv.emulator().propertyPairs());

	@Test
	@DisplayName("P13 no call to KV at startup")
	void asksNothingAtStartup() {
		this.contexts.withPropertyValues("cloudflare.kv.account-id=").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(kv.emulator().log().calls()).isEmpty();
		});
	}

	@Test
	@DisplayName("P13 one call to KV at startup with verify-on-startup")
	void verifiesByOneCallThatWritesNothing() {
		this.contexts.withPropertyValues("cloudflare.kv.verify-on-startup=true").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(kv.emulator().log().calls()).extracting("kind").containsExactly(KvCallKind.LIST);
		});
	}

	@Test
	void verifiesAlsoIfBeansAreLazy() {
		this.contexts
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("cloudflare.kv.verify-on-startup=true")
			.run((context) -> assertThat(kv.emulator().log().count(KvCallKind.LIST)).isOne());
	}

	@Test
	void verifiesWithTheUsersClient() {
		SessionContexts.unconfigured()
			.withBean(KvClient.class, InMemoryKvClient::new)
			.withPropertyValues("cloudflare.kv.verify-on-startup=true")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(KvStartupVerification.class));
	}

}
