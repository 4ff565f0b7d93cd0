package dev.kvsession.session.protection;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;

import dev.kvsession.CapturedLog;
import dev.kvsession.crypto.KeyRing;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.SimulatedRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SecureSessionIdGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Signed ids, hashed keys and encrypted records through the repository.
 */
class ProtectionTests {

	private static final String PRINCIPAL = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

	private final World world = new World();

	private static SessionProtection all(ProtectionMode mode, String... keys) {
		return SessionProtection.in("namespace")
			.withSignedIds(List.of(keys), mode)
			.withHashedKeys(mode)
			.withSealedRecords(List.of(keys), mode, ClaimsOutside.NONE);
	}

	private static Consumer<KvSessionRepository> signing(ProtectionMode mode) {
		return (repository) -> repository
			.setProtection(SessionProtection.in("namespace").withSignedIds(List.of(Keys.A), mode));
	}

	private Instance secure() {
		return this.world.indexed((repository) -> repository.setProtection(all(ProtectionMode.REQUIRED, Keys.A)));
	}

	private static String login(Instance instance, String user) {
		return instance.login((session) -> {
			session.setAttribute(PRINCIPAL, user);
			session.setAttribute("cart", "a very secret pear");
		});
	}

	@Test
	@DisplayName("P12 with all three on, nothing that lies in KV shows an id, a user or a value")
	void aDumpShowsNothing() {
		Instance instance = secure();
		String id = login(instance, "octocat");
		KvSession session = instance.find(id);
		String renamed = session.changeSessionId();
		instance.save(session);
		String ended = login(instance, "octocat");
		instance.delete(ended);
		this.world.settle();
		List<String> dump = this.world.dump();
		assertThat(dump).hasSizeGreaterThanOrEqualTo(4).anyMatch((line) -> line.startsWith("user-sessions:="));
		for (String one : List.of(id, renamed, ended)) {
			String made = one.split("\\.")[4];
			assertThat(dump).noneMatch((line) -> line.contains(made) || line.contains(one));
		}
		assertThat(dump)
			.noneMatch((line) -> line.contains("octocat") || line.contains("pear") || line.contains("cart"));
		assertThat(this.world.indexed((repository) -> repository.setProtection(all(ProtectionMode.REQUIRED, Keys.A)))
			.indexed()
			.findByPrincipalName("octocat")).containsOnlyKeys(renamed);
	}

	@Test
	@DisplayName("P2 a forged or unsigned id costs no call")
	void forgedIdsAreFree() {
		Instance instance = this.world.instance(signing(ProtectionMode.REQUIRED));
		String id = instance.login((session) -> session.setAttribute("user", "ada"));
		this.world.forgetCalls();
		assertThat(instance.find(id + "x")).isNull();
		assertThat(instance.find(id.substring(0, id.length() - 1))).isNull();
		assertThat(instance.find(new SecureSessionIdGenerator().generate())).isNull();
		instance.delete(id.replace("s.a.", "s.b."));
		assertThat(this.world.calls()).isEmpty();
		assertThat(instance.repository().getStatistics().count(KvSessionEvent.REFUSED_ID)).isEqualTo(3);
	}

	private String neverSaved() {
		return new ProtectedIds(new SecureSessionIdGenerator(),
				new IdSigner(KeyRing.of(List.of(Keys.A)), ProtectionMode.WRITE, "namespace"), null, false,
				this.world.time())
			.generate(null);
	}

	@Test
	@DisplayName("P8 a young signed id that KV does not show yet is 503 and never no session; an old one is none")
	void youngIdsAreNotAbsent() {
		Instance other = this.world.instance(signing(ProtectionMode.WRITE));
		String id = neverSaved();
		SimulatedRepository.request(false)
			.accept(() -> assertThatExceptionOfType(UnseenSessionException.class).isThrownBy(() -> other.find(id)));
		this.world.pass(Duration.ofMinutes(4));
		SimulatedRepository.request(false).accept(() -> assertThat(other.find(id)).isNull());
	}

	@Test
	@DisplayName("P2 a young signed id that KV does not have costs one read in two seconds")
	void youngIdsCostLittle() {
		String id = neverSaved();
		Instance other = this.world.instance(signing(ProtectionMode.WRITE));
		for (int request = 0; request < 5; request++) {
			SimulatedRepository.request(false)
				.accept(() -> assertThatExceptionOfType(UnseenSessionException.class).isThrownBy(() -> other.find(id)));
		}
		assertThat(this.world.calls()).hasSize(1);
		this.world.pass(Duration.ofSeconds(3));
		SimulatedRepository.request(false)
			.accept(() -> assertThatExceptionOfType(UnseenSessionException.class).isThrownBy(() -> other.find(id)));
		assertThat(this.world.calls()).hasSize(2);
	}

	@Test
	@DisplayName("P5 a young signed id that has ended elsewhere is no session")
	void youngIdsMayHaveEnded() {
		Instance one = this.world.instance(signing(ProtectionMode.WRITE));
		String id = one.login((session) -> session.setAttribute("user", "ada"));
		one.delete(id);
		this.world.pass(Duration.ofSeconds(65));
		Instance other = this.world.instance(signing(ProtectionMode.WRITE));
		SimulatedRepository.request(false).accept(() -> assertThat(other.find(id)).isNull());
	}

	@Test
	@DisplayName("P5 logout and change of id leave their markers under hashed keys")
	void markersAreHashed() {
		Instance instance = this.world.instance((repository) -> repository
			.setProtection(SessionProtection.in("namespace").withHashedKeys(ProtectionMode.WRITE)));
		String id = instance.login((session) -> session.setAttribute("user", "ada"));
		instance.delete(id);
		this.world.settle();
		assertThat(this.world.dump()).singleElement().asString().startsWith("session-gone:=").doesNotContain(id);
		Instance other = this.world.instance((repository) -> repository
			.setProtection(SessionProtection.in("namespace").withHashedKeys(ProtectionMode.WRITE)));
		assertThat(other.find(id)).isNull();
	}

	@Test
	@DisplayName("P5 a session of one tenant is nobody's at another, without a call; work without a request finds it")
	void tenantsAreApart() {
		String[] tenant = { "a" };
		Instance instance = this.world
			.instance((repository) -> repository.setProtection(SessionProtection.in("namespace")
				.withSignedIds(List.of(Keys.A), ProtectionMode.REQUIRED)
				.withTenants((headers) -> tenant[0])));
		String[] id = new String[1];
		SimulatedRepository.request(false)
			.accept(() -> id[0] = instance.login((session) -> session.setAttribute("user", "ada")));
		SimulatedRepository.request(false).accept(() -> assertThat(instance.find(id[0])).isNotNull());
		tenant[0] = "b";
		this.world.forgetCalls();
		SimulatedRepository.request(false).accept(() -> assertThat(instance.find(id[0])).isNull());
		assertThat(this.world.calls()).isEmpty();
		KvSession session = instance.find(id[0]);
		session.changeSessionId();
		instance.save(session);
		tenant[0] = "a";
		SimulatedRepository.request(false).accept(() -> assertThat(instance.find(session.getId())).isNotNull());
	}

	@Test
	@DisplayName("P9 a record under a key that nobody has here is told once per key, counted, and kept")
	void unknownKeysAreTold() {
		List<String> ids = Stream.of(Keys.A, Keys.A, Keys.key("c", 32))
			.map((key) -> this.world.instance((repository) -> repository.setProtection(sealing(key)))
				.login((session) -> session.setAttribute("user", "ada")))
			.toList();
		this.world.settle();
		Instance other = this.world.instance((repository) -> repository.setProtection(sealing(Keys.B)));
		try (CapturedLog log = CapturedLog.ofLibrary()) {
			ids.forEach((id) -> assertThat(other.find(id)).isNull());
			assertThat(log.lines()).filteredOn((line) -> line.contains("with the key 'a'")).hasSize(1);
			assertThat(log.lines()).filteredOn((line) -> line.contains("with the key 'c'")).hasSize(1);
		}
		assertThat(other.repository().getStatistics().count(KvSessionEvent.UNREADABLE)).isEqualTo(3);
		assertThat(
				this.world.instance((repository) -> repository.setProtection(sealing(Keys.B, Keys.A))).find(ids.get(0)))
			.isNotNull();
	}

	private static SessionProtection sealing(String... keys) {
		return SessionProtection.in("namespace")
			.withSealedRecords(List.of(keys), ProtectionMode.WRITE, ClaimsOutside.NONE);
	}

	@Test
	@DisplayName("P4 what another instance did not touch keeps its bytes through encryption")
	void bytesAreKept() {
		Instance one = this.world.instance((repository) -> repository.setProtection(sealing(Keys.A)));
		String id = one.login((session) -> session.setAttribute("user", "ada"));
		this.world.settle();
		Instance other = this.world.instance((repository) -> repository.setProtection(sealing(Keys.B, Keys.A)));
		other.change(id, "cart", "pear");
		this.world.settle();
		assertThat(this.world.dump()).singleElement().asString().contains("\"sealed\":\"b.");
		KvSession both = this.world.instance((repository) -> repository.setProtection(sealing(Keys.B))).find(id);
		assertThat(both.<String>getAttribute("user")).isEqualTo("ada");
		assertThat(both.<String>getAttribute("cart")).isEqualTo("pear");
	}

	@Test
	@DisplayName("P5 a change of the index key loses no entry, and a logout removes all of a session's")
	void indexKeysAreExchanged() {
		Instance one = this.world.indexed((repository) -> repository.setProtection(sealing(Keys.A)));
		String id = login(one, "octocat");
		this.world.settle();
		Instance other = this.world.indexed((repository) -> repository.setProtection(sealing(Keys.B, Keys.A)));
		assertThat(other.indexed().findByPrincipalName("octocat")).containsOnlyKeys(id);
		other.change(id, "cart", "apple");
		this.world.settle();
		other.delete(id);
		this.world.settle();
		assertThat(this.world.dump()).noneMatch((line) -> line.startsWith("user-sessions:"));
	}

	@Test
	@DisplayName("P5 a logout on an instance that does not know the session removes its entry, too")
	void unknownSessionsAreLoggedOut() {
		String id = login(secure(), "octocat");
		this.world.settle();
		secure().delete(id);
		this.world.settle();
		assertThat(this.world.dump()).noneMatch((line) -> line.startsWith("user-sessions:"));
	}

	@Test
	@DisplayName("P12 hashed keys with an index and without encryption are refused at the start, with the reason")
	void refusesWhatUndoesItself() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.world.indexed((repository) -> repository
				.setProtection(SessionProtection.in("namespace").withHashedKeys(ProtectionMode.WRITE))))
			.withMessageContaining("encryption.keys");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.world.instance((repository) -> repository
				.setProtection(SessionProtection.in("namespace").withTenants((headers) -> "a"))))
			.withMessageContaining("signing-keys");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.world.indexed((repository) -> repository
				.setProtection(all(ProtectionMode.WRITE, Keys.A).withTenants((headers) -> "a"))))
			.withMessageContaining("sessions of other tenants");
	}

	@Test
	@DisplayName("P12 hashed keys with an index need an encryption that writes")
	void hashNeedsASealThatSeals() {
		SessionProtection hashing = SessionProtection.in("namespace").withHashedKeys(ProtectionMode.WRITE);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.world.indexed((repository) -> repository
				.setProtection(hashing.withSealedRecords(List.of(Keys.A), ProtectionMode.READ, ClaimsOutside.NONE))))
			.withMessageContaining("a mode other than 'read'");
		this.world.indexed((repository) -> repository.setProtection(all(ProtectionMode.READ, Keys.A)));
	}

}
