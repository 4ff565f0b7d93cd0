package dev.kvsession.session.index;

import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Index entries in the emulator and in Cloudflare's own runtime.
 */
@EachKv
class EntriesOnEachKvTests {

	private final World world;

	private final Instance one;

	private final Instance two;

	EntriesOnEachKvTests(TestKv kv) {
		this.world = World.on(kv);
		this.one = this.world.indexed();
		this.two = this.world.indexed();
	}

	@Test
	@DisplayName("P5 entries come, move and go with their session")
	void lifeOfAnEntry() {
		String id = this.one.login(UserIndexTests.as("ada lovelace"));
		this.world.settle();
		assertThat(this.two.indexed().findByPrincipalName("ada lovelace")).containsOnlyKeys(id);
		KvSession session = this.two.find(id);
		String next = session.changeSessionId();
		this.two.save(session);
		this.world.settle();
		assertThat(this.one.indexed().findByPrincipalName("ada lovelace")).containsOnlyKeys(next);
		this.one.delete(next);
		this.world.settle();
		assertThat(this.two.indexed().findByPrincipalName("ada lovelace")).isEmpty();
		assertThat(this.world.storedKeys()).noneMatch((key) -> key.startsWith("user-sessions"));
	}

	@Test
	@DisplayName("P5 a sign-out ends all sessions of a user and nobody else's")
	void signOut() {
		IntStream.range(0, 12).forEach((i) -> this.one.login(UserIndexTests.as("ada")));
		String other = this.one.login(UserIndexTests.as("ada:"));
		this.world.settle();
		assertThat(this.two.indexed().getUserSessions().list("ada")).hasSize(12);
		assertThat(this.two.indexed().getUserSessions().endAll("ada")).isEqualTo(12);
		this.world.settle();
		assertThat(this.one.indexed().getUserSessions().list("ada")).isEmpty();
		assertThat(this.one.find(other)).isNotNull();
	}

}
