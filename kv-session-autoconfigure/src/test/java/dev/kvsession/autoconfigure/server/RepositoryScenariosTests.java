package dev.kvsession.autoconfigure.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.autoconfigure.SessionContexts;
import dev.kvsession.client.KvAuthorizationException;
import dev.kvsession.client.KvClient;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvLimits;
import dev.kvsession.client.KvPair;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The repository as an application gets it, over HTTP, on its own clock. What needs
 * minutes to pass is in the tests of the repository, some of which run on workerd in
 * virtual time.
 */
@EachKv
class RepositoryScenariosTests {

	private static final Duration CLOCKS_AND_ROUNDING = Duration.ofSeconds(30);

	private final WebApplicationContextRunner contexts;

	RepositoryScenariosTests(TestKv kv) {
		this.contexts = SessionContexts.unconfigured().withPropertyValues(kv.propertyPairs());
	}

	@Test
	@DisplayName("P3 P4 what one instance saved and a second changed, a third finds")
	void severalInstances() {
		String large = "é\"".repeat(200_000);
		run((one, kv) -> {
			String id = save(one, (session) -> session.setAttribute("large", large));
			run((two, same) -> {
				KvSession session = two.findById(id);
				session.setAttribute("cart", List.of("tea"));
				two.save(session);
			});
			run((three, same) -> {
				KvSession session = three.findById(id);
				assertThat(session.<List<String>>getAttribute("cart")).containsExactly("tea");
				assertThat(large.equals(session.getAttribute("large"))).isTrue();
			});
		});
	}

	@Test
	@DisplayName("P7 the record says at its top level who it is and when it ends, and KV ends it then")
	void recordAndLifetime() {
		run((one, kv) -> {
			String id = save(one, (session) -> session.setAttribute("SPRING_SECURITY_CONTEXT", Logins.of("ada")));
			JsonNode record = record(kv, id);
			assertThat(record.get("userId").asString()).isEqualTo("ada");
			Instant end = Instant.ofEpochMilli(record.get("expiresAt").asLong());
			assertThat(Duration.between(Instant.ofEpochMilli(record.get("createdAt").asLong()), end))
				.isEqualTo(Duration.ofDays(7));
			KvKeyPage page = kv.list("session:" + id, null, 10).toCompletableFuture().join();
			assertThat(page.keys()).singleElement()
				.satisfies((key) -> assertThat(Duration.between(end, key.expiration()))
					.isBetween(CLOCKS_AND_ROUNDING.negated(), CLOCKS_AND_ROUNDING));
		});
	}

	@Test
	@DisplayName("P3 P5 after a change of id the old one is gone, with its marker, and the new one is there")
	void changeOfId() {
		run((one, kv) -> {
			String old = save(one, (session) -> session.setAttribute("a", "1"));
			KvSession session = one.findById(old);
			session.changeSessionId();
			one.save(session);
			assertEnded(one, kv, old, "session-renamed:");
			assertThat(one.findById(session.getId())).isNotNull();
			run((two, same) -> {
				assertThat(two.findById(old)).isNull();
				assertThat(two.findById(session.getId()).<String>getAttribute("a")).isEqualTo("1");
			});
		});
	}

	@Test
	@DisplayName("P5 a deleted session stays deleted, also when it is saved afterwards or KV has it again")
	void delete() {
		run((one, kv) -> {
			String id = save(one, (session) -> session.setAttribute("a", "1"));
			KvSession open = one.findById(id);
			String record = text(kv, "session:" + id);
			one.deleteById(id);
			open.setAttribute("a", "2");
			one.save(open);
			assertEnded(one, kv, id, "session-gone:");
			store(kv, "session:" + id, record);
			assertThat(one.findById(id)).isNull();
		});
	}

	@Test
	@DisplayName("P9 a record that cannot be read is no session, and stays as it is")
	void unreadable() {
		run((one, kv) -> {
			String id = one.createSession().getId();
			store(kv, "session:" + id, "{ this is no record");
			assertThat(one.findById(id)).isNull();
			assertThat(text(kv, "session:" + id)).isEqualTo("{ this is no record");
		});
	}

	@Test
	@DisplayName("P13 the connection is verified before the start is over, if so configured")
	void verification() {
		WebApplicationContextRunner verified = this.contexts.withPropertyValues("cloudflare.kv.verify-on-startup=true");
		verified.run((context) -> assertThat(context).hasNotFailed());
		verified.withPropertyValues("cloudflare.kv.api-token=another-token-0000000000000000000000")
			.run((context) -> assertThat(context).getFailure().isInstanceOf(KvAuthorizationException.class));
	}

	private void run(BiConsumer<KvSessionRepository, KvClient> scenario) {
		this.contexts.run((context) -> scenario.accept(context.getBean(KvSessionRepository.class),
				context.getBean(KvClient.class)));
	}

	private static String save(KvSessionRepository repository, Consumer<KvSession> setup) {
		KvSession session = repository.createSession();
		setup.accept(session);
		repository.save(session);
		return session.getId();
	}

	private static void assertEnded(KvSessionRepository repository, KvClient kv, String id, String marker) {
		assertThat(repository.findById(id)).isNull();
		assertThat(text(kv, "session:" + id)).isNull();
		assertThat(text(kv, marker + id)).isNotNull();
	}

	private static void store(KvClient kv, String key, String text) {
		kv.put(new KvPair(key, text, KvLimits.MIN_TTL)).toCompletableFuture().join();
	}

	private static String text(KvClient kv, String key) {
		return kv.get(key).toCompletableFuture().join().orElse(null);
	}

	private static JsonNode record(KvClient kv, String id) {
		return JsonMapper.shared().readTree(text(kv, "session:" + id));
	}

}
