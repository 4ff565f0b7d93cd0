package dev.kvsession.session.index;

import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kvsession.autoconfigure.server.Logins;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scenarios that Spring Session's own suites try on each indexed store: with the name
 * as an attribute, and with Spring Security's context. The instance that made the change
 * sees it at once, another one when KV shows it.
 */
class SpringSessionIndexTests {

	private final World world = new World();

	private final Instance one = this.world.indexed();

	private final Instance two = this.world.indexed();

	private static Set<String> found(Instance instance, String principal) {
		return instance.indexed().findByPrincipalName(principal).keySet();
	}

	private void assertFound(String principal, String... ids) {
		assertThat(found(this.one, principal)).containsExactlyInAnyOrder(ids);
		this.world.settle();
		assertThat(found(this.one, principal)).containsExactlyInAnyOrder(ids);
		assertThat(found(this.two, principal)).containsExactlyInAnyOrder(ids);
	}

	@ParameterizedTest
	@CsvSource({ "NAME, ada, false", "NAME, ada, true", "NAME, , false", "NAME, , true", "NAME, bob, false",
			"NAME, bob, true", "CONTEXT, ada, false", "CONTEXT, ada, true", "CONTEXT, , false", "CONTEXT, , true",
			"CONTEXT, bob, false", "CONTEXT, bob, true" })
	@DisplayName("a session is found by the name that it has after a change, kept open or read again")
	void change(Login login, @Nullable String after, boolean reload) {
		KvSession session = this.one.create();
		login.set(session, "ada");
		this.one.save(session);
		assertThat(found(this.one, "ada")).containsExactly(session.getId());
		KvSession open = reload ? this.one.find(session.getId()) : session;
		open.setAttribute("other", "value");
		if (!"ada".equals(after)) {
			login.set(open, after);
		}
		this.one.save(open);
		assertFound("ada", "ada".equals(after) ? new String[] { open.getId() } : new String[0]);
		assertFound("bob", "bob".equals(after) ? new String[] { open.getId() } : new String[0]);
	}

	@ParameterizedTest
	@CsvSource({ "NAME, true", "NAME, false", "CONTEXT, true", "CONTEXT, false" })
	@DisplayName("a new name and a new id at once: the new name has the new id, the old one nothing")
	void changeOfIdAndName(Login login, boolean named) {
		KvSession session = this.one.create();
		login.set(session, named ? "ada" : null);
		this.one.save(session);
		KvSession open = this.one.find(session.getId());
		String id = open.changeSessionId();
		login.set(open, "bob");
		this.one.save(open);
		assertThat(this.one.indexed().findByPrincipalName(null)).isEmpty();
		assertFound("ada");
		assertFound("bob", id);
		assertThat(this.world.storedKeys()).filteredOn((key) -> key.startsWith("user-sessions"))
			.containsExactly("user-sessions:bob:" + UserSession.handleOf(id));
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P7 an expired session is found no more, although KV lists its entry")
	void expired(Login login) {
		String id = this.one.login((session) -> {
			login.set(session, "ada");
			session.setMaxInactiveInterval(Duration.ofMinutes(30));
		});
		assertFound("ada", id);
		this.world.pass(Duration.ofMinutes(31));
		assertThat(found(this.one, "ada")).isEmpty();
		assertThat(found(this.two, "ada")).isEmpty();
		assertThat(found(this.world.indexed(), "ada")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P5 a deleted session is found no more")
	void deleted(Login login) {
		String id = this.one.login((session) -> login.set(session, "ada"));
		String other = this.one.login((session) -> login.set(session, "ada"));
		assertFound("ada", id, other);
		this.one.delete(id);
		assertFound("ada", other);
	}

	/**
	 * How a session says whose it is.
	 */
	enum Login {

		NAME((session, name) -> session.setAttribute(UserIndexTests.PRINCIPAL, name)),

		CONTEXT((session, name) -> session.setAttribute("SPRING_SECURITY_CONTEXT",
				(name != null) ? Logins.of(name) : null));

		private final BiConsumer<KvSession, @Nullable String> set;

		Login(BiConsumer<KvSession, @Nullable String> set) {
			this.set = set;
		}

		void set(KvSession session, @Nullable String name) {
			this.set.accept(session, name);
		}

	}

}
