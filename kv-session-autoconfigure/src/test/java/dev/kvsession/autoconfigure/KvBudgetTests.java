package dev.kvsession.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.kvsession.autoconfigure.bean.CallBounds;
import dev.kvsession.autoconfigure.properties.KvProperties;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.engine.KvEngine;

import static org.assertj.core.api.Assertions.assertThat;

class KvBudgetTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KvClientAutoConfiguration.class))
		.withPropertyValues("cloudflare.kv.namespace-id=" + SessionContexts.NAMESPACE_ID,
				"cloudflare.kv.api-token=" + SessionContexts.TOKEN);

	@Test
	void isCloudflaresAtItsOwnApi() {
		this.contexts.run((context) -> assertThat(calls(context.getBean(KvEngine.class))).isEqualTo(1200));
	}

	@Test
	void isUnlimitedElsewhere() {
		this.contexts.withPropertyValues("cloudflare.kv.base-url=https://kv.example.com")
			.run((context) -> assertThat(calls(context.getBean(KvEngine.class))).isZero());
	}

	@Test
	void isUnlimitedWithTheUsersOwnClient() {
		this.contexts.withBean(KvClient.class, InMemoryKvClient::new)
			.run((context) -> assertThat(calls(context.getBean(KvEngine.class))).isZero());
	}

	@Test
	void whatIsSetWinsEverywhere() {
		this.contexts.withPropertyValues("cloudflare.kv.budget.calls=0", "cloudflare.kv.budget.period=10s")
			.run((context) -> assertThat(calls(context.getBean(KvEngine.class))).isZero());
		this.contexts.withPropertyValues("cloudflare.kv.budget.calls=600")
			.withBean(KvClient.class, InMemoryKvClient::new)
			.run((context) -> assertThat(calls(context.getBean(KvEngine.class))).isEqualTo(600));
	}

	@Test
	void takesThePeriod() {
		KvProperties.Budget budget = new KvProperties.Budget();
		budget.setCalls(7);
		budget.setPeriod(Duration.ofSeconds(30));
		assertThat(CallBounds.budget(budget, null).period()).isEqualTo(Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@ValueSource(strings = { "calls=-1", "calls=1000001", "period=0s", "period=25h", "period=-1s" })
	void refusesWhatIsOutOfBounds(String setting) {
		this.contexts.withPropertyValues("cloudflare.kv.budget." + setting)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("cloudflare.kv.budget." + setting.split("=")[0]));
	}

	private static int calls(KvEngine engine) {
		return engine.status().budgetCalls();
	}

}
