package dev.kvsession.session.write;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvException;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChangeSessionIdFaultsTests {

	private final World world = new World();

	private final Instance app = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));

	private String login() {
		return this.app.login((session) -> session.setAttribute("a", "1"));
	}

	private KvSession renamed(String id) {
		KvSession session = this.app.find(id);
		session.changeSessionId();
		return session;
	}

	@Test
	@DisplayName("P3 a crash between the new put and the old delete leaves both ids and logs nobody out")
	void crashInBetween() {
		String old = login();
		this.world.settle();
		this.app.crashAfter((call) -> call.kind() == KvCallKind.PUT);
		KvSession session = this.app.find(old);
		session.changeSessionId();
		session.setAttribute("login", "done");
		assertThatExceptionOfType(Instance.CrashException.class).isThrownBy(() -> this.app.save(session));
		Instance restarted = this.world.instance();
		this.world.settle();
		assertThat(restarted.find(old).<String>getAttribute("a")).isEqualTo("1");
		assertThat(restarted.find(old).<String>getAttribute("login")).isNull();
		assertThat(restarted.find(session.getId()).<String>getAttribute("login")).isEqualTo("done");
	}

	@Test
	@DisplayName("P3 a change of id that KV refuses fails, and the old id goes on")
	void failedPutKeepsTheOldId() {
		String old = login();
		KvSession session = renamed(old);
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		assertThatExceptionOfType(KvUnavailableException.class).isThrownBy(() -> this.app.save(session));
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.app.find(old).<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.app.find(session.getId())).isNull();
	}

	@Test
	@DisplayName("P3 saving again after a failed change of id, as Spring Session does, never ends the session")
	void savedAgainAfterAFailure() {
		String old = login();
		KvSession session = renamed(old);
		this.world.faults().next(3, KvFault.status(503), KvCallKind.PUT);
		assertThatExceptionOfType(KvUnavailableException.class).isThrownBy(() -> this.app.save(session));
		String surviving = old;
		try {
			this.app.save(session);
			surviving = session.getId();
		}
		catch (KvException ex) {
			assertThat(ex).hasMessageContaining("id");
		}
		this.world.settle();
		assertThat(this.app.find(surviving).<String>getAttribute("a")).isEqualTo("1");
		assertThat(this.world.truth(surviving)).isNotNull();
	}

	@Test
	@DisplayName("P3 a change of id whose answers are lost leaves nothing under the id that nobody was told")
	void lostAnswers() {
		String old = login();
		KvSession session = renamed(old);
		this.world.faults().every(KvFault.lostAfterWrite(), KvCallKind.PUT);
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> this.app.save(session));
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.truth(session.getId())).isNull();
		assertThat(this.app.find(old).<String>getAttribute("a")).isEqualTo("1");
	}

	@Test
	@DisplayName("P3 a failed delete of the old id does not fail the change of id, and is repeated")
	void failedDeleteOfTheOldId() {
		String old = login();
		KvSession session = renamed(old);
		this.world.faults().every(KvFault.status(503), KvCallKind.DELETE);
		this.app.save(session);
		assertThat(this.app.find(old)).isNull();
		assertThat(this.world.truth(old)).isNotNull();
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.truth(old)).isNull();
		assertThat(this.app.find(session.getId())).isNotNull();
	}

	@Test
	@DisplayName("P4 what waits stays in sight while the id is changed, and is outweighed by what is set then")
	void whatWaitsWhileTheIdIsChanged() {
		Instance coalescing = this.world.instance();
		String id = coalescing.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		coalescing.change(id, "a", "2");
		coalescing.change(id, "a", "3");
		KvSession session = coalescing.find(id);
		session.changeSessionId();
		this.world.during(KvCallKind.BULK_GET, () -> coalescing.request(id, (parallel) -> {
			assertThat(parallel.<String>getAttribute("a")).isEqualTo("3");
			parallel.setAttribute("a", "2");
		}));
		this.world.faults().next(1, KvFault.error(403, 10000, "Authentication error"), KvCallKind.BULK_GET);
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> coalescing.save(session));
		assertThat(coalescing.find(id).<String>getAttribute("a")).isEqualTo("2");
		this.world.settle();
		assertThat(this.world.record(id).attributes().get("a").raw()).contains("2");
		assertThat(coalescing.find(id).<String>getAttribute("a")).isEqualTo("2");
	}

}
