package dev.kvsession.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.SessionRepositoryCustomizer;

import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.WriteMode;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class SessionWhereaboutsTests {

	@Test
	@DisplayName("P12 one line says where sessions are, and shows no secret")
	void saysThatSessionsAreInKv(CapturedOutput output) {
		SessionContexts.started(SessionContexts.configured())
			.withPropertyValues("cloudflare.kv.base-url=https://user.example.com:8443/client/v4",
					"cloudflare.kv.budget.calls=600")
			.run((context) -> {
				assertThat(line(output)).contains("Sessions are kept in Cloudflare KV: namespace 0f2ac7..., "
						+ "host user.example.com, budget 600 calls in 300s, write mode coalesce, "
						+ "near cache of 30s and up to 64MB");
				assertThat(output).doesNotContain(SessionContexts.TOKEN, SessionContexts.NAMESPACE_ID);
			});
	}

	@Test
	void saysWhatCustomizersMadeOfIt(CapturedOutput output) {
		SessionContexts.started(SessionContexts.unconfigured())
			.withBean(InMemoryKvClient.class)
			.withPropertyValues("cloudflare.kv.session.near-cache.enabled=false",
					"cloudflare.kv.namespace-id=" + SessionContexts.TOKEN)
			.withUserConfiguration(Synchronous.class)
			.run((context) -> {
				assertThat(line(output)).contains("client " + InMemoryKvClient.class.getName(), "no budget",
						"write mode sync", "near cache off");
				assertThat(output).doesNotContain(SessionContexts.TOKEN);
			});
	}

	@Test
	@DisplayName("the starter that is there but not configured says that sessions stay in the container")
	void saysThatSessionsStayInTheContainer(CapturedOutput output) {
		SessionContexts.started(SessionContexts.unconfigured())
			.run((context) -> assertThat(line(output)).contains("Sessions stay in the servlet container",
					"not configured", "Set cloudflare.kv.namespace-id and cloudflare.kv.api-token"));
	}

	@Test
	void saysThatSessionsAreSwitchedOff(CapturedOutput output) {
		SessionContexts.started(SessionContexts.configured())
			.withPropertyValues("cloudflare.kv.session.enabled=false")
			.run((context) -> assertThat(line(output)).contains("Sessions stay in the servlet container",
					"cloudflare.kv.session.enabled is false"));
	}

	@Test
	void saysWhoElseKeepsSessions(CapturedOutput output) {
		SessionContexts.started(SessionContexts.configured())
			.withBean("mine", MapSessionRepository.class, () -> new MapSessionRepository(Map.of()))
			.run((context) -> assertThat(line(output)).contains("not kept in Cloudflare KV", "'mine'",
					MapSessionRepository.class.getName()));
	}

	@Test
	void saysItWithTheAnnotationAlone(CapturedOutput output) {
		SessionContexts.started(SessionContexts.configured())
			.withUserConfiguration(EnableKvHttpSessionTests.Plain.class)
			.run((context) -> assertThat(line(output)).contains("Sessions are kept in Cloudflare KV"));
	}

	@Test
	void saysNothingOfSessionsWhereThereAreNone(CapturedOutput output) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KvClientAutoConfiguration.class, KvStartAutoConfiguration.class))
			.run((context) -> assertThat(output).doesNotContain("Sessions", "sessions"));
	}

	@Test
	void saysThatReactiveApplicationsAreNotServed(CapturedOutput output) {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KvClientAutoConfiguration.class, KvStartAutoConfiguration.class))
			.run((context) -> assertThat(line(output)).contains("servlet applications only"));
	}

	private static String line(CapturedOutput output) {
		assertThat(
				output.getAll().lines().filter((line) -> line.contains("KV")).filter((line) -> line.contains("INFO")))
			.hasSize(1);
		return output.getAll();
	}

	@Configuration(proxyBeanMethods = false)
	static class Synchronous {

		@Bean
		SessionRepositoryCustomizer<KvSessionRepository> synchronous() {
			return (repository) -> repository.setWriteMode(WriteMode.SYNC);
		}

	}

}
