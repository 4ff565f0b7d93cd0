package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.record.UnseenSessionException;
import dev.kvsession.session.settings.NearCacheSettings;
import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More sessions than memory holds are written within two minutes.
 */
class ForgottenWritesTests {

	private final World world = new World(KvEmulatorSettings.strong());

	private final Instance app = this.world.instance((repository) -> {
		repository.setOnReadFailure(ReadFailurePolicy.NO_SESSION);
		repository.setTouchInterval(Duration.ofMinutes(3));
		repository.setNearCache(NearCacheSettings.DEFAULT.withMaxWeight(DataSize.ofKilobytes(16)));
	});

	private final Map<String, String> before = new HashMap<>();

	private final List<KvSession> sessions = new ArrayList<>();

	@BeforeEach
	void write() {
		for (int i = 0; i < 60; i++) {
			KvSession session = this.app.create();
			this.app.save(session);
			this.sessions.add(session);
		}
		this.world.pass(Duration.ofSeconds(2));
		for (KvSession session : this.sessions) {
			this.before.put(session.getId(), this.world.truth(session.getId()));
			session.setAttribute("a", "1");
			this.app.save(session);
		}
		this.world.pass(Duration.ofSeconds(10));
	}

	/** Finds each session as it was written, or none. */
	private long refused() {
		long refused = 0;
		for (KvSession session : this.sessions) {
			try {
				assertThat(this.app.find(session.getId()).<String>getAttribute("a")).isEqualTo("1");
			}
			catch (UnseenSessionException ex) {
				assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(2));
				refused++;
			}
		}
		return refused;
	}

	@Test
	@DisplayName("P8 a session written a moment ago is never taken for none, though it is not held any more")
	void absent() {
		this.before.keySet().forEach(this.world::remove);
		assertThat(refused()).isBetween(20L, 59L);
		this.world.pass(Duration.ofMinutes(2));
		assertThat(this.sessions).anySatisfy((session) -> assertThat(this.app.find(session.getId())).isNull());
	}

	@Test
	@DisplayName("P4 nor is an older state of it shown")
	void older() {
		this.before.forEach(this.world::store);
		assertThat(refused()).isBetween(20L, 59L);
	}

	@Test
	@DisplayName("P4 nor is an older state written upon by a request that knows better")
	void olderBeforeAWrite() {
		this.before.forEach(this.world::store);
		for (KvSession session : this.sessions) {
			session.setAttribute("b", "2");
			this.app.save(session);
			assertThat(this.world.truth(session.getId())).contains("\"a\"", "\"b\"");
		}
	}

	@Test
	void whatKvShowsIsTakenOver() {
		assertThat(refused()).isZero();
	}

	private void press() {
		for (KvSession session : this.sessions) {
			session.setAttribute("p", this.world.now().toEpochMilli());
			this.app.save(session);
		}
		this.world.pass(Duration.ofSeconds(2));
	}

	@Test
	@DisplayName("P4 nor does a request that has an older state write over the newer one")
	void olderInARequest() {
		for (KvSession session : List.copyOf(this.sessions.subList(0, 20))) {
			String id = session.getId();
			this.sessions.remove(session);
			KvSession slow = this.app.find(id);
			press();
			String old = this.world.truth(id);
			this.app.change(id, "c", "3");
			String newest = this.world.truth(id);
			press();
			this.world.store(id, old);
			slow.setAttribute("b", "2");
			saveIfAccepted(slow);
			this.world.pass(Duration.ofSeconds(10));
			String shown = this.world.truth(id);
			assertThat(shown.equals(old) || shown.contains("\"c\"")).as("nothing overwritten").isTrue();
			this.world.store(id, shown.equals(old) ? newest : shown);
			this.world.pass(Duration.ofSeconds(30));
			assertThat(this.world.truth(id)).contains("\"c\"");
		}
	}

	private void saveIfAccepted(KvSession session) {
		try {
			this.app.save(session);
		}
		catch (UnseenSessionException ex) {
			// Its author is told to try again.
		}
	}

	@Test
	@DisplayName("P11 what only a touch has outdated is served")
	void olderByATouch() {
		this.world.pass(Duration.ofMinutes(4));
		this.sessions.forEach((session) -> this.before.put(session.getId(), this.world.truth(session.getId())));
		this.before.keySet().forEach((id) -> this.app.request(id, (session) -> {
		}));
		this.world.pass(Duration.ofSeconds(20));
		assertThat(this.before).anySatisfy((id, text) -> assertThat(this.world.truth(id)).isNotEqualTo(text));
		this.before.forEach(this.world::store);
		assertThat(refused()).isZero();
	}

	@Test
	@DisplayName("P1 a state that was just read is not read again for another writer's name")
	void anotherWritersName() {
		Instance first = this.world.instance((repository) -> repository.setTouchInterval(Duration.ZERO));
		Instance second = this.world.instance((repository) -> repository.setTouchInterval(Duration.ZERO));
		String id = first.login((session) -> session.setAttribute("a", "1"));
		for (Instance instance : List.of(second, first)) {
			this.world.pass(Duration.ofSeconds(31));
			instance.request(id, (session) -> {
			});
			this.world.pass(Duration.ofSeconds(10));
		}
		second.find(id);
		this.world.forgetCalls();
		second.change(id, "b", "2");
		assertThat(this.world.calls()).extracting(KvCall::kind).containsExactly(KvCallKind.PUT);
	}

}
