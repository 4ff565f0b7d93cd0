package dev.kvsession.autoconfigure;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import dev.kvsession.autoconfigure.bean.KvSessionFlush;
import dev.kvsession.client.KvClient;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.settings.WriteMode;

import static org.assertj.core.api.Assertions.assertThat;

class SessionFlushTests {

	@Test
	@DisplayName("P3 what was accepted within the second is in KV when the application has stopped")
	void writesWhatWaits() {
		InMemoryKvClient client = new InMemoryKvClient();
		SessionContexts.configured().withBean(KvClient.class, () -> client).run((context) -> {
			KvSessionRepository repository = context.getBean(KvSessionRepository.class);
			KvSession session = repository.createSession();
			repository.save(session);
			session.setAttribute("late", "change");
			repository.save(session);
			assertThat(client.pairs().get("session:" + session.getId()).value()).doesNotContain("late");
			context.close();
			assertThat(client.pairs().get("session:" + session.getId()).value()).contains("late");
		});
	}

	@Test
	@DisplayName("P3 in sync mode a save has its change in KV when it returns")
	void waitsIfToldTo() {
		InMemoryKvClient client = new InMemoryKvClient();
		SessionContexts.configured()
			.withBean(KvClient.class, () -> client)
			.withPropertyValues("cloudflare.kv.session.write-mode=" + WriteMode.SYNC)
			.run((context) -> {
				KvSessionRepository repository = context.getBean(KvSessionRepository.class);
				KvSession session = repository.createSession();
				repository.save(session);
				session.setAttribute("late", "change");
				repository.save(session);
				assertThat(client.pairs().get("session:" + session.getId()).value()).contains("late");
			});
	}

	@Test
	void followsTheWebServer() {
		SessionContexts.configured()
			.run((context) -> assertThat(context.getBean(KvSessionFlush.class).getPhase())
				.isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE));
	}

}
