package dev.kvsession.session.end;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.session.events.SessionExpiredEvent;

import dev.kvsession.autoconfigure.server.Logins;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecurityContexts;
import dev.kvsession.session.settings.SessionExpiration;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that end sooner while nobody has logged in.
 */
class AnonymousTimeoutTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(30);

	private static final Duration WEEK = Duration.ofDays(7);

	private final World world = new World();

	private final Instance app = app((repository) -> {
	});

	private Instance app(Consumer<KvSessionRepository> setup) {
		return this.world.instance((repository) -> {
			repository.setAnonymousTimeout(TIMEOUT);
			setup.accept(repository);
		});
	}

	private Instance app() {
		return app((repository) -> {
		});
	}

	private static String visit(Instance app) {
		return app.login((session) -> session.setAttribute("cart", "tea"));
	}

	private static void logIn(KvSession session) {
		session.setAttribute(SecurityContexts.ATTRIBUTE, Logins.of("ada"));
	}

	private static void use(Instance app, String id) {
		app.request(id, (session) -> {
		});
	}

	private long ttl(String id) {
		KvCall write = this.world.writesOf(id).get(this.world.writesOf(id).size() - 1);
		return write.ttl(write.key());
	}

	private void assertLife(String id, Duration life) {
		SessionRecord record = this.world.record(id);
		assertThat(record.expiresAt()).isEqualTo(record.lastAccessedAt().plus(life));
		assertThat(ttl(id)).isEqualTo(life.toSeconds());
	}

	@Test
	@DisplayName("P7 a session without a user ends its anonymous timeout after the last use, in KV and in the record")
	void ends() {
		String id = visit(this.app);
		assertLife(id, TIMEOUT);
		this.world.pass(Duration.between(this.world.now(), this.world.record(id).expiresAt()).minusSeconds(10));
		assertThat(this.app.find(id)).isNotNull();
		this.world.pass(Duration.ofSeconds(10));
		assertThat(this.app.find(id)).isNull();
		assertThat(app().find(id)).isNull();
		this.world.pass(Duration.ofMinutes(1));
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.app.events(SessionExpiredEvent.class)).hasSize(1);
	}

	@Test
	@DisplayName("P7 a pause of less than half the anonymous timeout ends no session, on no instance")
	void goesOnInUse() {
		String id = visit(this.app);
		int uses = 0;
		for (Duration used = Duration.ZERO; used.compareTo(Duration.ofHours(5)) < 0; used = used.plusMinutes(14)) {
			this.world.pass(Duration.ofMinutes(14));
			use((uses++ % 2 == 0) ? this.app : app(), id);
		}
		this.world.pass(Duration.ofMinutes(14));
		assertThat(app().find(id)).isNotNull();
		this.world.pass(Duration.ofMinutes(17));
		assertThat(app().find(id)).isNull();
	}

	@Test
	@DisplayName("P1 in use, a session without a user costs a write in half its timeout, a user's one in the touch interval")
	void costsOneWriteInHalfTheTimeout() {
		String anonymous = visit(this.app);
		String user = this.app.login(AnonymousTimeoutTests::logIn);
		for (int i = 0; i < 30; i++) {
			this.world.pass(Duration.ofMinutes(2));
			use(this.app, anonymous);
			use(this.app, user);
		}
		this.world.settle();
		assertThat(this.world.writesOf(anonymous)).hasSizeBetween(4, 5);
		assertThat(this.world.writesOf(user)).hasSize(2);
	}

	@Test
	@DisplayName("P7 a login gives the session its whole life, with or without a new id")
	void aLoginGivesTheWholeLife() {
		for (Consumer<KvSession> login : List.<Consumer<KvSession>>of(AnonymousTimeoutTests::logIn, (session) -> {
			session.changeSessionId();
			logIn(session);
		})) {
			String anonymous = visit(this.app);
			this.world.pass(Duration.ofMinutes(20));
			String[] id = new String[1];
			this.app.request(anonymous, (session) -> {
				login.accept(session);
				id[0] = session.getId();
			});
			this.world.settle();
			assertLife(id[0], WEEK);
			assertThat(this.app.find(id[0]).getExpiresAt()).isEqualTo(this.world.record(id[0]).expiresAt());
			this.world.pass(Duration.ofDays(6));
			assertThat(this.app.find(id[0])).isNotNull();
			assertThat(app().find(id[0]).<String>getAttribute("cart")).isEqualTo("tea");
		}
	}

	@Test
	@DisplayName("P7 anonymous and removed security contexts make no user")
	void noUser() {
		String id = this.app.login((session) -> session.setAttribute(SecurityContexts.ATTRIBUTE,
				new SecurityContextImpl(new AnonymousAuthenticationToken("key", "nobody",
						AuthorityUtils.createAuthorityList("ROLE_NONE")))));
		assertLife(id, TIMEOUT);
		String user = this.app.login(AnonymousTimeoutTests::logIn);
		assertLife(user, WEEK);
		this.app.request(user, (session) -> session.removeAttribute(SecurityContexts.ATTRIBUTE));
		this.world.settle();
		assertLife(user, TIMEOUT);
	}

	@Test
	@DisplayName("P7 a session that got its user elsewhere goes on here, and is not published as expired")
	void aLoginElsewhere() {
		String id = visit(this.app);
		this.world.settle();
		Instance other = app();
		other.request(id, AnonymousTimeoutTests::logIn);
		this.world.pass(Duration.ofHours(1));
		assertThat(this.app.events(SessionExpiredEvent.class)).isEmpty();
		assertThat(this.app.find(id).getExpiresAt()).isEqualTo(this.world.record(id).expiresAt());
		assertLife(id, WEEK);
	}

	@Test
	@DisplayName("P4 a login that another instance overwrites without knowing it gets its whole life back")
	void aLoginBesideAnotherChange() {
		String id = visit(this.app);
		this.world.settle();
		Instance other = app();
		assertThat(other.find(id)).isNotNull();
		this.app.request(id, AnonymousTimeoutTests::logIn);
		this.world.pass(Duration.ofSeconds(2));
		other.change(id, "cart", "milk");
		this.world.settle();
		this.world.settle();
		assertLife(id, WEEK);
		assertThat(this.world.record(id).claims()).containsEntry("userId", "ada");
		assertThat(app().find(id).<String>getAttribute("cart")).isEqualTo("milk");
	}

	@Test
	@DisplayName("P7 a login that KV takes an hour later does not end with the session before it")
	void aLoginInAnOutage() {
		String id = visit(this.app);
		this.world.settle();
		this.world.faults().every(KvFault.status(503));
		String[] user = new String[1];
		this.app.request(id, (session) -> {
			user[0] = session.changeSessionId();
			logIn(session);
		});
		this.world.pass(Duration.ofHours(1));
		assertThat(this.app.find(user[0])).isNotNull();
		this.world.faults().clear();
		this.world.settle();
		assertLife(user[0], WEEK);
	}

	@Test
	@DisplayName("P11 in an outage a session with a user goes on by its own timeout, one without by the anonymous one")
	void usedInAnOutage() {
		Instance two = app((repository) -> repository.setDefaultMaxInactiveInterval(Duration.ofHours(2)));
		String user = two.login(AnonymousTimeoutTests::logIn);
		this.world.pass(Duration.ofMinutes(10));
		use(two, user);
		this.world.pass(Duration.ofMinutes(80));
		String anonymous = visit(two);
		this.world.settle();
		this.world.faults().every(KvFault.status(503));
		this.world.pass(Duration.ofMinutes(30));
		assertThat(two.find(user)).isNotNull();
		assertThat(two.find(anonymous)).isNull();
	}

	@Test
	@DisplayName("P5 an end without a user is marked for as long as a user's, since another instance may know a login")
	void aLogout() {
		String id = visit(this.app);
		this.app.delete(id);
		this.world.pass(Duration.ofHours(23));
		assertThat(this.world.hasMarker(id)).isTrue();
	}

	@Test
	@DisplayName("P7 a session's own interval counts if it is shorter, and for its user")
	void ownInterval() {
		String shorter = this.app.login((session) -> session.setMaxInactiveInterval(Duration.ofMinutes(12)));
		assertLife(shorter, Duration.ofMinutes(12));
		String longer = this.app.login((session) -> session.setMaxInactiveInterval(Duration.ofDays(30)));
		assertLife(longer, TIMEOUT);
		this.app.request(longer, AnonymousTimeoutTests::logIn);
		this.world.settle();
		assertLife(longer, Duration.ofDays(30));
		String endless = this.app.login((session) -> session.setMaxInactiveInterval(Duration.ZERO));
		assertLife(endless, TIMEOUT);
	}

	@Test
	@DisplayName("P7 fixed and max-lifetime end a session without a user that is in use, the anonymous timeout an idle one")
	void combined() {
		for (Consumer<KvSessionRepository> end : List.<Consumer<KvSessionRepository>>of(
				(repository) -> repository.setMaxLifetime(Duration.ofHours(2)), (repository) -> {
					repository.setExpiration(SessionExpiration.FIXED);
					repository.setDefaultMaxInactiveInterval(Duration.ofHours(2));
				})) {
			Instance capped = app(end);
			String id = visit(capped);
			assertLife(id, TIMEOUT);
			Instant last = this.world.record(id).createdAt().plus(Duration.ofHours(2));
			for (int i = 0; i < 11; i++) {
				this.world.pass(Duration.ofMinutes(10));
				use(capped, id);
			}
			assertThat(this.world.record(id).expiresAt()).isEqualTo(last);
			assertThat(ttl(id)).isLessThan(TIMEOUT.toSeconds());
			this.world.pass(Duration.between(this.world.now(), last));
			assertThat(capped.find(id)).isNull();
		}
	}

}
