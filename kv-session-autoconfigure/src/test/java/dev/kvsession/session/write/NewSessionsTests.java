package dev.kvsession.session.write;

import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.FlushMode;

import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.KvSessionStatistics;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NewSessionsTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	private void assertCounted(KvSessionEvent expected, Consumer<KvSession> setup) {
		Instance fresh = this.world.instance();
		fresh.login(setup);
		KvSessionStatistics statistics = fresh.repository().getStatistics();
		for (KvSessionEvent event : new KvSessionEvent[] { KvSessionEvent.CREATED_LOGIN,
				KvSessionEvent.CREATED_LOGIN_START, KvSessionEvent.CREATED_ANONYMOUS }) {
			assertThat(statistics.count(event)).as(event.name()).isEqualTo((event == expected) ? 1 : 0);
		}
	}

	@Test
	@DisplayName("P10 sessions with a user are told from those without, and those a login depends on from the rest")
	void kinds() {
		assertCounted(KvSessionEvent.CREATED_ANONYMOUS, (session) -> {
		});
		assertCounted(KvSessionEvent.CREATED_ANONYMOUS, (session) -> session.setAttribute("cart", "1"));
		assertCounted(KvSessionEvent.CREATED_LOGIN,
				(session) -> session.setAttribute("SPRING_SECURITY_CONTEXT",
						new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated("ada", null,
								AuthorityUtils.createAuthorityList("ROLE_USER")))));
		assertCounted(KvSessionEvent.CREATED_LOGIN,
				(session) -> session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "ada"));
		assertCounted(KvSessionEvent.CREATED_LOGIN_START,
				(session) -> session.setAttribute("SPRING_SECURITY_CONTEXT",
						new SecurityContextImpl(new AnonymousAuthenticationToken("key", "anonymous",
								AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")))));
		for (String name : new String[] { "SPRING_SECURITY_SAVED_REQUEST",
				"org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository.CSRF_TOKEN",
				"org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository"
						+ ".AUTHORIZATION_REQUEST" }) {
			assertCounted(KvSessionEvent.CREATED_LOGIN_START, (session) -> session.setAttribute(name, "x"));
		}
	}

	@Test
	@DisplayName("P10 with flush mode IMMEDIATE a session without attributes may become a login")
	void immediate() {
		Instance eager = this.world.instance((repository) -> repository.setFlushMode(FlushMode.IMMEDIATE));
		eager.create();
		assertThat(eager.repository().getStatistics().count(KvSessionEvent.CREATED_LOGIN_START)).isEqualTo(1);
	}

	@Test
	@DisplayName("P11 in an outage sessions without a user leave a quarter of the memory to logins")
	void memoryInAnOutage() {
		this.world.faults().every(KvFault.status(503));
		this.app.login((session) -> {
		});
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> {
			for (int i = 0; i < 10_000; i++) {
				this.app.login((session) -> {
				});
			}
		});
		assertThat(this.app.repository().getPendingWrites()).isBetween(2_000, 7_500);
		String id = this.app.login(
				(session) -> session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "ada"));
		assertThat(this.app.find(id)).isNotNull();
	}

}
