package dev.kvsession.session.index;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvPair;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finding sessions by the name of their user, with a KV whose listing is stale.
 */
class UserIndexTests {

	static final String PRINCIPAL = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

	private final World world = new World();

	private final Instance one = this.world.indexed();

	private final Instance two = this.world.indexed();

	static Consumer<KvSession> as(String principal) {
		return (session) -> session.setAttribute(PRINCIPAL, principal);
	}

	private List<String> entries() {
		return this.world.storedKeys().stream().filter((key) -> key.startsWith("user-sessions")).toList();
	}

	private static Set<String> found(Instance instance, String principal) {
		return instance.indexed().findByPrincipalName(principal).keySet();
	}

	@Test
	@DisplayName("P1 a login writes its entry in the call that writes the record")
	void oneCall() {
		String id = this.one.login(as("ada"));
		assertThat(this.world.calls()).hasSize(1);
		assertThat(this.world.calls().get(0).keys()).containsExactly("session:" + id,
				"user-sessions:ada:" + UserSession.handleOf(id));
	}

	@Test
	@DisplayName("P1 without the index there is no entry, and without a user neither")
	void noEntry() {
		this.world.instance().login(as("ada"));
		this.one.login((session) -> session.setAttribute("a", 1));
		assertThat(entries()).isEmpty();
	}

	@Test
	@DisplayName("P7 an entry lives as long as its record, and is renewed with it")
	void lifetime() {
		String id = this.one.login((session) -> {
			as("ada").accept(session);
			session.setMaxInactiveInterval(Duration.ofHours(2));
		});
		KvEntry record = this.world.at("session:" + id);
		assertThat(this.world.at(entries().get(0)).expiresAt()).isEqualTo(record.expiresAt());
		this.world.pass(Duration.ofHours(1));
		this.one.request(id, (session) -> {
		});
		this.world.settle();
		assertThat(this.world.at("session:" + id).expiresAt()).isAfter(record.expiresAt());
		assertThat(this.world.at(entries().get(0)).expiresAt()).isEqualTo(this.world.at("session:" + id).expiresAt());
	}

	@Test
	@DisplayName("a session is found where it was made at once, elsewhere when KV lists it")
	void finds() {
		String id = this.one.login(as("ada"));
		assertThat(found(this.one, "ada")).containsExactly(id);
		this.world.settle();
		assertThat(found(this.two, "ada")).containsExactly(id);
		Session found = this.two.indexed().findByPrincipalName("ada").get(id);
		assertThat(found.<String>getAttribute(PRINCIPAL)).isEqualTo("ada");
		assertThat(found(this.two, "bob")).isEmpty();
	}

	@Test
	@DisplayName("P5 a logout deletes the entry with the record, and is seen at once where it was made")
	void logout() {
		String id = this.one.login(as("ada"));
		this.world.settle();
		assertThat(found(this.two, "ada")).containsExactly(id);
		this.world.forgetCalls();
		this.one.delete(id);
		assertThat(entries()).isEmpty();
		assertThat(this.world.calls(KvCallKind.BULK_DELETE)).hasSize(1);
		assertThat(found(this.one, "ada")).isEmpty();
		this.world.settle();
		assertThat(found(this.two, "ada")).isEmpty();
	}

	@Test
	@DisplayName("P5 a logout of a session that this instance does not know deletes the entry, too")
	void logoutOfUnknown() {
		String id = this.one.login(as("ada"));
		this.world.settle();
		this.two.delete(id);
		assertThat(entries()).isEmpty();
	}

	@Test
	@DisplayName("P3 a change of id moves the entry, and keeps since when the user is logged in")
	void changeOfId() {
		String id = this.one.login(as("ada"));
		Object since = this.world.record(id).indexes().since();
		this.world.pass(Duration.ofMinutes(3));
		KvSession session = this.one.find(id);
		String next = session.changeSessionId();
		this.one.save(session);
		this.world.settle();
		assertThat(entries()).containsExactly("user-sessions:ada:" + UserSession.handleOf(next));
		assertThat(this.world.record(next).indexes().since()).isEqualTo(since);
		assertThat(found(this.two, "ada")).containsExactly(next);
	}

	@Test
	@DisplayName("a login in a visitor's session that changes its id has one entry, dated by the login")
	void loginOfVisitor() {
		String visitor = this.one.login((session) -> session.setAttribute("cart", "x"));
		this.world.pass(Duration.ofMinutes(10));
		KvSession session = this.one.find(visitor);
		as("ada").accept(session);
		String id = session.changeSessionId();
		this.one.save(session);
		this.world.settle();
		assertThat(entries()).containsExactly("user-sessions:ada:" + UserSession.handleOf(id));
		assertThat(this.world.record(id).indexes().since()).isAfter(this.world.record(id).createdAt());
	}

	@Test
	@DisplayName("a session whose user changes moves to the new user, dated anew")
	void changeOfUser() {
		String id = this.one.login(as("ada"));
		Object since = this.world.record(id).indexes().since();
		this.world.pass(Duration.ofMinutes(3));
		this.one.request(id, as("bob"));
		this.world.settle();
		assertThat(entries()).containsExactly("user-sessions:bob:" + UserSession.handleOf(id));
		assertThat(this.world.record(id).indexes().since()).isNotEqualTo(since);
		assertThat(found(this.one, "ada")).isEmpty();
		assertThat(found(this.two, "bob")).containsExactly(id);
	}

	@Test
	@DisplayName("P6 a user who changes and changes back does not make an entry be written twice in a second")
	void changeThereAndBack() {
		String id = this.one.login(as("ada"));
		this.world.settle();
		this.world.forgetCalls();
		this.world.faults().next(1, KvFault.status(503), KvCallKind.DELETE, KvCallKind.BULK_DELETE);
		this.one.request(id, as("bob"));
		this.one.request(id, as("ada"));
		this.world.settle();
		assertThat(this.world.calls()).noneMatch((call) -> call.status() == 429);
		assertThat(entries()).containsExactly("user-sessions:ada:" + UserSession.handleOf(id));
	}

	@Test
	@DisplayName("P4 a request that began before a login beside it does not take the session out of the index")
	void loginBeside() {
		String id = this.one.login((session) -> session.setAttribute("cart", "x"));
		KvSession before = this.one.find(id);
		this.one.request(id, as("ada"));
		before.setAttribute("cart", "y");
		this.one.save(before);
		this.world.settle();
		assertThat(this.world.record(id).indexes().names()).containsEntry(PRINCIPAL, "ada");
		assertThat(found(this.two, "ada")).containsExactly(id);
	}

	@Test
	@DisplayName("P4 of two changes of the user on two instances the later one decides about the index, too")
	void changesOfUserAtOnce() {
		Consumer<KvIndexedSessionRepository> resolver = (repository) -> repository.setIndexResolver(
				(session) -> Map.of(PRINCIPAL, session.getAttributeOrDefault("login", "none ").split(" ")[0]));
		Instance three = this.world.indexed(resolver);
		Instance four = this.world.indexed(resolver);
		String id = three.login((session) -> session.setAttribute("login", "ada first"));
		this.world.settle();
		KvSession before = four.find(id);
		three.request(id, (session) -> session.setAttribute("login", "bob"));
		this.world.pass(Duration.ofSeconds(2));
		before.setAttribute("login", "ada again");
		four.save(before);
		this.world.settle();
		assertThat(three.find(id).<String>getAttribute("login")).isEqualTo("ada again");
		assertThat(found(three, "ada")).containsExactly(id);
		assertThat(found(four, "bob")).isEmpty();
	}

	@Test
	@DisplayName("a session that loses its user leaves the index")
	void noUserAnyMore() {
		String id = this.one.login(as("ada"));
		this.world.pass(Duration.ofMinutes(3));
		this.one.request(id, (session) -> session.removeAttribute(PRINCIPAL));
		this.world.settle();
		assertThat(entries()).isEmpty();
		assertThat(this.one.find(id)).isNotNull();
	}

	@Test
	@DisplayName("P4 another instance's change keeps the entry")
	void changeElsewhere() {
		String id = this.one.login(as("ada"));
		this.world.settle();
		this.two.change(id, "cart", "x");
		this.world.settle();
		assertThat(entries()).hasSize(1);
		assertThat(this.world.record(id).indexes().names()).containsEntry(PRINCIPAL, "ada");
	}

	@Test
	@DisplayName("P4 an instance without the index keeps a record's names")
	void withoutIndexKept() {
		String id = this.one.login(as("ada"));
		this.world.settle();
		Instance plain = this.world.instance();
		plain.change(id, "cart", "x");
		this.world.settle();
		assertThat(this.world.record(id).indexes().names()).containsEntry(PRINCIPAL, "ada");
	}

	static Stream<String> principals() {
		return Stream.of("", ":", "a", "a:", "a:b", "a%3Ab", "a/b", "../..", ".", "..", " ", "\uD83D\uDE00", "\uD83D",
				"\uDE00", "%", "=", "x".repeat(2000), "x".repeat(1999) + "y", "ü".repeat(60), "A", "ada", "ad",
				"ada lovelace", "a\nb", "a\u0000b");
	}

	@Test
	@DisplayName("no two principals have entries in common, whatever characters they have")
	void principalsDiffer() {
		List<String> ids = principals().map((principal) -> this.one.login(as(principal))).toList();
		this.world.settle();
		List<String> principals = principals().toList();
		assertThat(entries()).hasSize(ids.size());
		for (int i = 0; i < ids.size(); i++) {
			assertThat(found(this.two, principals.get(i))).as("principal %s", i).containsExactly(ids.get(i));
		}
	}

	@ParameterizedTest
	@MethodSource("principals")
	@DisplayName("a principal's sessions are listed and ended")
	void eachPrincipal(String principal) {
		String id = this.one.login(as(principal));
		this.world.settle();
		assertThat(this.two.indexed().getUserSessions().list(principal)).hasSize(1);
		assertThat(this.two.indexed().getUserSessions().end(principal, UserSession.handleOf(id))).isTrue();
		assertThat(entries()).isEmpty();
	}

	@Test
	@DisplayName("several index names, each with its own prefix")
	void severalNames() {
		Instance indexed = this.world.indexed((repository) -> {
			repository.setUserIndexPrefix("app:users:");
			repository.setIndexResolver((session) -> Map.of(PRINCIPAL, "ada", "tenant:1", "a:b"));
		});
		String id = indexed.login((session) -> session.setAttribute("a", 1));
		String handle = UserSession.handleOf(id);
		assertThat(this.world.storedKeys()).contains("app:users:ada:" + handle, "app:users.tenant%3A1:a%3Ab:" + handle);
		assertThat(indexed.indexed().findByIndexNameAndIndexValue("tenant:1", "a:b")).containsOnlyKeys(id);
		assertThat(indexed.indexed().findByIndexNameAndIndexValue("tenant", "a:b")).isEmpty();
	}

	@Test
	@DisplayName("no listing and no list of sessions shows an id outside of the metadata")
	void noIds() {
		String id = this.one.login(as("ada"));
		assertThat(entries()).noneMatch((key) -> key.contains(id));
		assertThat(this.world.at(entries().get(0)).text()).doesNotContain(id);
		assertThat(this.one.indexed().getUserSessions().list("ada"))
			.noneMatch((one) -> one.toString().contains(id) || one.handle().contains(id));
	}

	@Test
	@DisplayName("2,500 sessions of a user: three pages, and one read of the newest hundred")
	void manySessions() {
		for (int part = 0; part < 5; part++) {
			// As many as the token may write in five minutes.
			IntStream.range(0, 500).forEach((i) -> this.one.login(as("ada")));
			this.world.settle();
		}
		Instance late = this.world.indexed();
		this.world.forgetCalls();
		List<UserSession> newest = late.indexed().getUserSessions().list("ada");
		assertThat(newest).hasSize(100);
		assertThat(this.world.calls(KvCallKind.LIST)).hasSize(3);
		assertThat(this.world.calls(KvCallKind.BULK_GET)).hasSize(1);
		assertThat(found(late, "ada")).hasSize(2500);
	}

	@Test
	@DisplayName("an entry whose session is gone is not shown")
	void entryWithoutSession() {
		String id = this.one.login(as("ada"));
		this.world.settle();
		this.world.remove(id);
		this.world.settle();
		Instance late = this.world.indexed();
		assertThat(late.indexed().getUserSessions().list("ada")).isEmpty();
		assertThat(found(late, "ada")).isEmpty();
	}

	@Test
	@DisplayName("P6 an entry left behind is deleted by a list, and not twice in a second by two")
	void entryLeftBehind() {
		String id = this.one.login(as("ada"));
		this.world.settle();
		this.world.remove(id);
		this.world.pass(Duration.ofMinutes(10));
		Instance late = this.world.indexed();
		this.world.forgetCalls();
		found(late, "ada");
		this.world.pass(Duration.ofMillis(900));
		found(late, "ada");
		this.world.settle();
		assertThat(entries()).isEmpty();
		this.world.assertWritesAreSpaced();
		assertThat(this.world.calls(KvCallKind.DELETE)).hasSize(1);
	}

	@Test
	@DisplayName("a forged entry leads to no other session")
	void forgedEntry() {
		String id = this.one.login(as("ada"));
		String handle = UserSession.handleOf(id);
		copy("user-sessions:ada:" + handle, "user-sessions:eve:" + handle);
		copy("user-sessions:ada:" + handle, "user-sessions:eve:" + UserSession.handleOf("another"));
		this.world.settle();
		Instance late = this.world.indexed();
		assertThat(found(late, "eve")).isEmpty();
		assertThat(late.indexed().getUserSessions().end("eve", handle)).isFalse();
		assertThat(late.find(id)).isNotNull();
	}

	private void copy(String from, String to) {
		this.one.engine()
			.put(new KvPair(to, "1", Duration.ofDays(1), this.world.at(from).metadata()), KvCallClass.WRITE);
	}

	@Test
	@DisplayName("fifty logins of one user at once are all found")
	void loginsAtOnce() {
		List<Instance> instances = List.of(this.one, this.two);
		List<String> ids = IntStream.range(0, 50).mapToObj((i) -> instances.get(i % 2).login(as("ada"))).toList();
		this.world.settle();
		assertThat(found(this.one, "ada")).containsExactlyInAnyOrderElementsOf(ids);
	}

	@Test
	@DisplayName("P1 nothing is listed unless somebody asks, and each write of a record carries the entry")
	void nothingMore() {
		String id = this.one.login(as("ada"));
		this.world.settle();
		this.world.forgetCalls();
		this.one.request(id, (session) -> session.setAttribute("a", 1));
		assertThat(this.world.calls(KvCallKind.BULK_PUT)).hasSize(1).allMatch((call) -> call.keys().size() == 2);
		this.world.settle();
		assertThat(this.world.calls(KvCallKind.LIST)).isEmpty();
	}

}
