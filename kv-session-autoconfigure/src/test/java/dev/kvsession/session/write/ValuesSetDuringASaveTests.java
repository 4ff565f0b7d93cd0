package dev.kvsession.session.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.session.SaveMode;

import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Other threads of a request go on while its session is being saved: asynchronous
 * handlers, streamed answers.
 */
class ValuesSetDuringASaveTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	/*
	 * Saves a session, and does something to it while the write is on its way.
	 */
	private void saveAnd(Instance instance, KvSession session, Consumer<KvSession> meanwhile) {
		this.world.during(KvCallKind.PUT, () -> meanwhile.accept(session));
		instance.save(session);
	}

	private String stored(String id, String name) {
		this.world.settle();
		return this.world.record(id).attributes().get(name).raw();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P3 a value set while a changed session is saved is saved before the save returns")
	void setDuringAnUpdate(WriteMode mode) {
		Instance instance = this.world.instance((repository) -> repository.setWriteMode(mode));
		String id = instance.login((session) -> session.setAttribute("kept", "0"));
		this.world.settle();
		KvSession session = instance.find(id);
		session.setAttribute("sync", "1");
		saveAnd(instance, session, (busy) -> busy.setAttribute("async", "2"));
		assertThat(instance.find(id).<String>getAttribute("async")).isEqualTo("2");
		assertThat(stored(id, "async")).contains("2");
		assertThat(stored(id, "sync")).contains("1");
	}

	@Test
	@DisplayName("P3 in sync mode the value set during a save is in KV when the save returns")
	void inKvWhenTheSaveReturns() {
		Instance instance = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		String id = instance.login((session) -> {
		});
		this.world.settle();
		KvSession session = instance.find(id);
		session.setAttribute("sync", "1");
		saveAnd(instance, session, (busy) -> busy.setAttribute("async", "2"));
		assertThat(this.world.record(id).attributes()).containsKeys("sync", "async");
	}

	@Test
	@DisplayName("P3 a value set while a new session is saved is saved")
	void setDuringACreation() {
		KvSession session = this.app.create();
		session.setAttribute("sync", "1");
		saveAnd(this.app, session, (busy) -> busy.setAttribute("async", "2"));
		assertThat(stored(session.getId(), "async")).contains("2");
	}

	@Test
	@DisplayName("P3 another value of the attribute that is being saved is saved")
	void sameAttribute() {
		String id = this.app.login((session) -> session.setAttribute("a", "0"));
		this.world.settle();
		KvSession session = this.app.find(id);
		session.setAttribute("a", "1");
		saveAnd(this.app, session, (busy) -> busy.setAttribute("a", "2"));
		assertThat(stored(id, "a")).contains("2");
	}

	@Test
	@DisplayName("P3 the old value set back while a new one is saved is saved")
	void oldValueSetBack() {
		String id = this.app.login((session) -> session.setAttribute("a", "0"));
		this.world.settle();
		KvSession session = this.app.find(id);
		session.setAttribute("a", "1");
		saveAnd(this.app, session, (busy) -> busy.setAttribute("a", "0"));
		assertThat(stored(id, "a")).contains("0");
		assertThat(this.app.find(id).<String>getAttribute("a")).isEqualTo("0");
	}

	@Test
	@DisplayName("P3 a removal during the save that adds the attribute is saved")
	void removedDuringASave() {
		String id = this.app.login((session) -> {
		});
		this.world.settle();
		KvSession session = this.app.find(id);
		session.setAttribute("a", "1");
		saveAnd(this.app, session, (busy) -> busy.removeAttribute("a"));
		assertThat(this.app.find(id).getAttributeNames()).isEmpty();
		this.world.settle();
		assertThat(this.world.record(id).attributes()).isEmpty();
	}

	@Test
	@DisplayName("P3 an interval set during a save is saved")
	void interval() {
		String id = this.app.login((session) -> {
		});
		this.world.settle();
		KvSession session = this.app.find(id);
		session.setMaxInactiveInterval(Duration.ofDays(1));
		saveAnd(this.app, session, (busy) -> busy.setMaxInactiveInterval(Duration.ofDays(2)));
		this.world.settle();
		assertThat(this.world.record(id).maxInactiveInterval()).isEqualTo(Duration.ofDays(2));
	}

	@Test
	@DisplayName("P3 an id changed during a save is changed before the save returns")
	void changedId() {
		String id = this.app.login((session) -> session.setAttribute("a", "0"));
		this.world.settle();
		KvSession session = this.app.find(id);
		session.setAttribute("a", "1");
		saveAnd(this.app, session, KvSession::changeSessionId);
		assertThat(session.getId()).isNotEqualTo(id);
		assertThat(stored(session.getId(), "a")).contains("1");
		assertThat(this.app.find(id)).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "ON_GET_ATTRIBUTE", "ALWAYS" })
	@DisplayName("P3 a copy changed in place during a save is saved")
	void copyChangedInPlace(SaveMode mode) {
		Instance copying = this.world.instance((repository) -> repository.setSaveMode(mode));
		String id = copying.login((session) -> session.setAttribute("list", new ArrayList<>(List.of("first"))));
		this.world.settle();
		KvSession session = copying.find(id);
		List<String> list = session.getAttribute("list");
		list.add("second");
		saveAnd(copying, session, (busy) -> list.add("third"));
		assertThat(stored(id, "list")).contains("second").contains("third");
	}

	@Test
	@DisplayName("P3 what is set during a save that fails is still there for the next one")
	void setDuringAFailedSave() {
		Instance instance = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		String id = instance.login((session) -> {
		});
		this.world.settle();
		KvSession session = instance.find(id);
		session.setAttribute("sync", "1");
		this.world.faults().next(1, KvFault.error(400, 10012, "invalid request body"), KvCallKind.PUT);
		this.world.during(KvCallKind.PUT, () -> session.setAttribute("async", "2"));
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> instance.save(session));
		instance.save(session);
		this.world.settle();
		assertThat(this.world.record(id).attributes()).containsKeys("sync", "async");
	}

	@Test
	@DisplayName("P3 a thread that never stops setting values does not keep the save waiting for ever")
	void endlessChanges() {
		String id = this.app.login((session) -> {
		});
		this.world.settle();
		KvSession session = this.app.find(id);
		int[] count = new int[1];
		Runnable[] again = new Runnable[1];
		again[0] = () -> {
			session.setAttribute("n", ++count[0]);
			this.world.time().schedule(again[0], Duration.ofMillis(1));
		};
		again[0].run();
		this.app.save(session);
		assertThat(count[0]).isPositive();
	}

}
