package dev.kvsession.session.index;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvKeyPage;
import dev.kvsession.client.KvPair;
import dev.kvsession.client.KvRuntime;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvIndexedSessionRepository;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Entries that somebody has forged or deleted, and listings of other clients than ours.
 */
class ForeignListingTests {

	private final World world = new World();

	private final Instance one = this.world.indexed();

	private KvIndexedSessionRepository repository(ForeignListing.Listing listing) {
		KvRuntime runtime = new KvRuntime(this.world.time(), this.world.time()::nanos, this.world.time()::schedule,
				() -> 0.5);
		KvEngine engine = new KvEngine(new ForeignListing(this.one.client(), listing), KvBudget.UNLIMITED, runtime,
				KvCallObserver.NOOP);
		return new KvIndexedSessionRepository(engine, this.one.runtime(), World.CODEC);
	}

	private static CompletionStage<KvKeyPage> page(@Nullable String cursor, KvKeyPage.Key... keys) {
		return CompletableFuture.completedFuture(new KvKeyPage(List.of(keys), cursor));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'id':'@','createdAt':1e309,'since':1}", "{'id':'@','createdAt':1,'since':-1e400}",
			"{'id':'@','createdAt':99999999999999999999999,'since':1}",
			"{'id':'@','createdAt':1,'since':-99999999999999999999999}",
			"{'id':'@','createdAt':9223372036854775807,'since':9223372036854775807}",
			"{'id':'@','createdAt':-9223372036854775808,'since':-9223372036854775808}",
			"{'id':'@','createdAt':-5,'since':-5}", "{'id':'@','createdAt':'1','since':null}", "{'id':'@'}",
			"{'id':'other','createdAt':1,'since':1}", "{'id':7,'createdAt':1,'since':1}",
			"{'id':{},'createdAt':[],'since':true}", "{'id':'','createdAt':1,'since':1}", "[]", "{}", "'@'", "1",
			"null" })
	@DisplayName("forged metadata of an entry hides no session but its own, and lets none fail")
	void forgedMetadata(String metadata) {
		String id = this.one.login(UserIndexTests.as("ada"));
		String forged = this.one.login(UserIndexTests.as("ada"));
		this.world.settle();
		this.one.engine()
			.put(new KvPair("user-sessions:ada:" + UserSession.handleOf(forged), "1", null,
					metadata.replace("'since'", "'writtenAt':1,'since'").replace('\'', '"').replace("@", forged)),
					KvCallClass.WRITE);
		this.world.settle();
		KvIndexedSessionRepository late = this.world.indexed().indexed();
		assertThat(late.findByPrincipalName("ada")).containsKey(id);
		assertThat(late.getUserSessions().list("ada")).isNotEmpty();
		assertThat(late.getUserSessions().endAll("ada")).isPositive();
		assertThat(this.world.truth(id)).isNull();
	}

	@Test
	@DisplayName("a session whose entry is deleted is found where it is known, elsewhere again after its next write")
	void deletedEntry() {
		String id = this.one.login(UserIndexTests.as("ada"));
		this.world.settle();
		this.one.engine().delete("user-sessions:ada:" + UserSession.handleOf(id), KvCallClass.WRITE);
		this.world.settle();
		assertThat(this.one.indexed().findByPrincipalName("ada")).containsOnlyKeys(id);
		assertThat(this.world.indexed().indexed().findByPrincipalName("ada")).isEmpty();
		this.one.change(id, "cart", "tea");
		this.world.settle();
		assertThat(this.world.indexed().indexed().findByPrincipalName("ada")).containsOnlyKeys(id);
	}

	@Test
	@DisplayName("P3 a session whose instance stops right after the login is found and ended elsewhere")
	void instanceDies() {
		String id = this.one.login(UserIndexTests.as("ada"));
		this.one.crash();
		this.world.settle();
		KvIndexedSessionRepository other = this.world.indexed().indexed();
		assertThat(other.findByPrincipalName("ada")).containsOnlyKeys(id);
		assertThat(other.getUserSessions().end("ada", UserSession.handleOf(id))).isTrue();
		assertThat(this.world.storedKeys()).noneMatch((key) -> key.startsWith("user-sessions"));
	}

	static Stream<ForeignListing.Listing> failing() {
		return Stream.of((prefix, cursor) -> {
			throw new IllegalStateException("no listing");
		}, (prefix, cursor) -> CompletableFuture.failedFuture(new IllegalStateException("no listing")),
				(prefix, cursor) -> null, (prefix, cursor) -> CompletableFuture.completedFuture(null));
	}

	@ParameterizedTest
	@MethodSource("failing")
	@DisplayName("P5 P11 a listing that fails lets no login or logout fail, and a sign-out still ends what is known")
	void failingListing(ForeignListing.Listing listing) {
		KvIndexedSessionRepository repository = repository(listing);
		KvSession session = login(repository);
		UserSessions sessions = repository.getUserSessions();
		assertThat(catchThrowable(() -> repository.findByPrincipalName("ada"))).isNotNull();
		assertThat(catchThrowable(() -> sessions.list("ada"))).isNotNull();
		assertThat(catchThrowable(() -> sessions.endAll("ada"))).isNotNull();
		assertThat(repository.findById(session.getId())).isNull();
		KvSession later = login(repository);
		assertThat(repository.findById(later.getId())).isNotNull();
		repository.deleteById(later.getId());
		assertThat(repository.findById(later.getId())).isNull();
		this.world.settle();
	}

	private static KvSession login(KvIndexedSessionRepository repository) {
		KvSession session = repository.createSession();
		UserIndexTests.as("ada").accept(session);
		repository.save(session);
		return session;
	}

	@Test
	@DisplayName("keys without metadata, with other metadata than ours and of other prefixes are no entries")
	void otherKeys() {
		String handle = UserSession.handleOf("x");
		KvIndexedSessionRepository repository = repository((prefix, cursor) -> page(null,
				new KvKeyPage.Key(prefix + handle, null, null), new KvKeyPage.Key(prefix + handle, null, "no JSON"),
				new KvKeyPage.Key(prefix + handle, null, "[".repeat(5000)), new KvKeyPage.Key("", null, "{}"),
				new KvKeyPage.Key("user-sessions:adam:" + handle, null,
						"{\"id\":\"x\",\"createdAt\":1,\"since\":1,\"writtenAt\":1}")));
		assertThat(repository.findByPrincipalName("ada")).isEmpty();
		KvSession session = login(repository);
		assertThat(repository.findByPrincipalName("ada")).containsOnlyKeys(session.getId());
		assertThat(repository.getUserSessions().endAll("ada")).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, Integer.MAX_VALUE })
	@DisplayName("a hundred pages are read, and no more of a listing without end")
	void manyPages(int pages) {
		List<String> ids = IntStream.range(0, 3).mapToObj((i) -> this.one.login(UserIndexTests.as("ada"))).toList();
		this.world.settle();
		AtomicInteger listed = new AtomicInteger();
		KvIndexedSessionRepository repository = repository((prefix, cursor) -> {
			int number = listed.incrementAndGet();
			String id = ids.get(number % 3);
			return page((number < pages) ? "page-" + number : null, new KvKeyPage.Key(prefix + UserSession.handleOf(id),
					null, this.world.at("user-sessions:ada:" + UserSession.handleOf(id)).metadata()));
		});
		Set<String> found = repository.findByPrincipalName("ada").keySet();
		assertThat(found).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(listed).hasValue(100);
	}

}
