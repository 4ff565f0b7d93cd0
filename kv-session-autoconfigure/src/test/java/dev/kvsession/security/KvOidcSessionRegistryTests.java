package dev.kvsession.security;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

import dev.kvsession.CapturedLog;
import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.index.UserSession;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Back-channel logout with a KV whose listing is a minute late.
 */
class KvOidcSessionRegistryTests {

	private static final Duration LAST_LISTING = Duration.ofSeconds(246);

	private final World world = new World();

	private final Instance one = instance();

	private final Instance two = this.world.indexed();

	private final KvOidcSessionRegistry registry = new KvOidcSessionRegistry(this.two.indexed());

	private Instance instance() {
		Instance instance = this.world.indexed();
		new KvOidcSessionRegistry(instance.indexed());
		return instance;
	}

	private void logout(OidcLogoutToken.Builder token) {
		assertThat(this.registry.removeSessionInformation(token.build())).isEmpty();
	}

	private OidcLogoutToken.Builder token() {
		return OidcLogins.logoutToken(this.world.now().truncatedTo(ChronoUnit.SECONDS));
	}

	private List<String> entries() {
		return this.world.storedKeys().stream().filter((key) -> key.startsWith("oidc-sessions:")).toList();
	}

	private boolean lives(String id) {
		this.world.pass(LAST_LISTING);
		this.world.settle();
		boolean lives = this.world.truth(id) != null;
		assertThat(this.one.find(id) != null).isEqualTo(lives);
		assertThat(this.two.find(id) != null).isEqualTo(lives);
		return lives;
	}

	@Test
	@DisplayName("P1 a login writes its entries in the call that writes the record")
	void oneCall() {
		String id = this.one.login(OidcLogins.as("ada", "s1"));
		assertThat(this.world.calls()).hasSize(1);
		assertThat(this.world.calls().get(0).keys()).hasSize(4).allSatisfy((key) -> {
			if (key.startsWith("oidc-sessions:")) {
				assertThat(key).matches("oidc-sessions:[\\w-]{43}:(sid\\.s1|sub\\.ada):" + UserSession.handleOf(id));
			}
			else {
				assertThat(key).isIn("session:" + id, "user-sessions:ada:" + UserSession.handleOf(id));
			}
		});
		assertThat(entries()).hasSize(2);
		this.one.delete(id);
		assertThat(entries()).isEmpty();
	}

	@Test
	@DisplayName("P1 there are no entries of other logins, nor without a registry")
	void noEntries() {
		this.world.indexed().login(OidcLogins.as("ada", "s1"));
		this.one.login((session) -> session.setAttribute("a", 1));
		assertThat(entries()).isEmpty();
		this.one.login(OidcLogins.as("ada", null));
		assertThat(entries()).hasSize(1);
	}

	@Test
	@DisplayName("P5 a provider's session ends at once where KV lists it, and no other one")
	void bySid() {
		String id = this.one.login(OidcLogins.as("ada", "s1"));
		String other = this.one.login(OidcLogins.as("ada", "s2"));
		this.world.settle();
		logout(token().subject("ada").sessionId("s1"));
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.two.find(id)).isNull();
		assertThat(lives(id)).isFalse();
		assertThat(lives(other)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("P5 a token that comes a second after the login ends the session when KV lists it")
	void notListedYet(boolean bySid) {
		String id = this.one.login(OidcLogins.as("ada", "s1"));
		this.world.pass(Duration.ofSeconds(1));
		logout(bySid ? token().sessionId("s1") : token().subject("ada"));
		assertThat(this.one.find(id)).isNotNull();
		assertThat(lives(id)).isFalse();
		assertThat(entries()).isEmpty();
	}

	@Test
	@DisplayName("P5 so it does if it is used meanwhile and has got another id")
	void inUse() {
		String id = this.one.login(OidcLogins.as("ada", "s1"));
		logout(token().sessionId("s1"));
		this.world.pass(Duration.ofSeconds(20));
		KvSession session = this.one.find(id);
		String next = session.changeSessionId();
		this.one.save(session);
		assertThat(lives(next)).isFalse();
	}

	@Test
	@DisplayName("P5 all sessions of a subject end, whose logins may lie in the second of the token")
	void bySub() {
		String early = this.one.login(OidcLogins.as("ada", "s1"));
		this.world.settle();
		OidcLogoutToken.Builder token = token();
		Instant second = this.world.now().truncatedTo(ChronoUnit.SECONDS);
		this.world.pass(Duration.between(this.world.now(), second.plusMillis(999)));
		String late = this.one.login(OidcLogins.as("ada", null));
		String other = this.one.login(OidcLogins.as("adam", "ada"));
		assertThat(this.world.record(late).indexes().since()).isEqualTo(second.plusMillis(999));
		logout(token.subject("ada"));
		assertThat(lives(early)).isFalse();
		assertThat(lives(late)).isFalse();
		assertThat(lives(other)).isTrue();
	}

	@Test
	@DisplayName("a token by subject that is sent again ends no later login, whenever it is sent")
	void replayed() {
		String id = this.one.login(OidcLogins.as("ada", "s1"));
		this.world.settle();
		OidcLogoutToken.Builder token = token().subject("ada");
		logout(token);
		this.world.pass(Duration.ofSeconds(1));
		String next = this.one.login(OidcLogins.as("ada", "s2"));
		logout(token);
		assertThat(lives(id)).isFalse();
		assertThat(lives(next)).isTrue();
		logout(token);
		assertThat(lives(next)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "https://id.example/realms/y,shop", "https://id.example/realms/x,another",
			"https://id.example/realms/xs,hop", "https://id.example/realms/,xshop" })
	@DisplayName("a token of another issuer or for another client ends nothing, not even one with the same letters")
	void foreign(String issuer, String client) {
		String id = this.one.login(OidcLogins.as("ada", "s1"));
		this.world.settle();
		logout(token().issuer(issuer).audience(List.of(client)).sessionId("s1"));
		logout(token().issuer(issuer).audience(List.of(client)).subject("ada"));
		assertThat(lives(id)).isTrue();
	}

	@Test
	@DisplayName("a provider's session is never taken for a subject, nor a subject for a session")
	void sidIsNoSub() {
		String id = this.one.login(OidcLogins.as("s1", "ada"));
		this.world.settle();
		logout(token().sessionId("s1"));
		logout(token().subject("ada"));
		logout(token().sessionId("sub.s1"));
		assertThat(lives(id)).isTrue();
	}

	@Test
	@DisplayName("P5 each audience of a token is looked up, and a login's client is its azp")
	void audiences() {
		OidcIdToken several = OidcLogins.idToken("ada", "s1")
			.audience(List.of("api", "web"))
			.authorizedParty("web")
			.build();
		String web = this.one.login(OidcLogins.as(several));
		String shop = this.one.login(OidcLogins.as("ada", "s1"));
		String unclear = this.one
			.login(OidcLogins.as(OidcLogins.idToken("ada", "s1").audience(List.of("api", "web")).build()));
		this.world.settle();
		logout(token().audience(List.of("api")).sessionId("s1"));
		assertThat(lives(web)).isTrue();
		logout(token().audience(List.of("api", "web", OidcLogins.CLIENT)).sessionId("s1"));
		assertThat(lives(web)).isFalse();
		assertThat(lives(shop)).isFalse();
		assertThat(lives(unclear)).isTrue();
	}

	@Test
	@DisplayName("P11 a logout with KV down fails, so that the provider may send it again, and goes on by itself")
	void outage() {
		String id = this.one.login(OidcLogins.as("ada", "s1"));
		this.world.settle();
		this.world.faults().every(KvFault.status(503));
		assertThatThrownBy(() -> logout(token().sessionId("s1"))).isInstanceOf(KvException.class);
		this.world.pass(Duration.ofMinutes(2));
		this.world.faults().clear();
		assertThat(lives(id)).isFalse();
	}

	@Test
	@DisplayName("P12 neither the log nor an error has an id, a provider's session or a subject")
	void quiet() {
		try (CapturedLog log = CapturedLog.traced("dev.kvsession")) {
			String id = this.one.login(OidcLogins.as("ada-lovelace", "secret-sid"));
			this.world.settle();
			logout(token().sessionId("secret-sid"));
			this.world.faults().every(KvFault.status(503));
			assertThatThrownBy(() -> logout(token().subject("ada-lovelace"))).isInstanceOf(KvException.class)
				.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("503"))
				.satisfies((ex) -> assertThat(String.valueOf(ex)).doesNotContain("ada-lovelace"));
			this.world.settle();
			assertThat(log.lines()).isNotEmpty()
				.noneMatch((line) -> line.contains(id) || line.contains("secret-sid") || line.contains("ada-lovelace"));
		}
	}

	@Test
	@DisplayName("P1 a logout lists once for each audience at once, and four times later")
	void price() {
		logout(token().sessionId("s1"));
		assertThat(this.world.calls(KvCallKind.LIST)).hasSize(1);
		this.world.settle();
		assertThat(this.world.calls()).hasSize(5);
	}

	@Test
	@DisplayName("what Spring Security tells the registry of single sessions costs nothing")
	void nothingToDo() {
		DefaultOidcUser user = new DefaultOidcUser(List.of(), OidcLogins.idToken("ada", "s1").build());
		this.registry.saveSessionInformation(new OidcSessionInformation("id", Map.of(), user));
		assertThat(this.registry.removeSessionInformation("id")).isNull();
		assertThat(this.world.calls()).isEmpty();
	}

}
