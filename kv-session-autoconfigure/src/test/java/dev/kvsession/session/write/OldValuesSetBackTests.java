package dev.kvsession.session.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.session.FlushMode;
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
 * An object that a request was given counts as no change when it is set again, but not if
 * the same request has changed or removed the attribute in between.
 */
class OldValuesSetBackTests {

	private static final String BEAN = "scopedTarget.cart";

	private final World world = new World();

	private Instance instance(SaveMode mode) {
		return this.world.instance((repository) -> repository.setSaveMode(mode));
	}

	private KvSession found(Instance app) {
		String id = app.login((session) -> {
			session.setAttribute("flag", "on");
			session.setAttribute(BEAN, new ArrayList<>(List.of("tea")));
		});
		this.world.settle();
		return app.find(id);
	}

	private String stored(KvSession session, String name) {
		this.world.settle();
		return this.world.record(session.getId()).attributes().get(name).raw();
	}

	private void assertRemoved(KvSession session, String name) {
		this.world.settle();
		assertThat(this.world.record(session.getId()).attributes()).doesNotContainKey(name);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P3 the object that a request was given, set back while another value is saved, is saved")
	void duringTheSaveOfAnotherValue(SaveMode mode) {
		Instance app = instance(mode);
		KvSession session = found(app);
		Object on = session.getAttribute("flag");
		session.setAttribute("flag", "off");
		this.world.during(KvCallKind.PUT, () -> session.setAttribute("flag", on));
		app.save(session);
		assertThat(stored(session, "flag")).contains("on");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P3 the object that a request was given, set back while its removal is saved, is saved")
	void duringTheSaveOfARemoval(SaveMode mode) {
		Instance app = instance(mode);
		KvSession session = found(app);
		Object on = session.getAttribute("flag");
		session.removeAttribute("flag");
		this.world.during(KvCallKind.PUT, () -> session.setAttribute("flag", on));
		app.save(session);
		assertThat(stored(session, "flag")).contains("on");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P3 the object that a request was given, set back after a saved removal, is saved")
	void afterARemoval(SaveMode mode) {
		Instance app = this.world.instance((repository) -> {
			repository.setSaveMode(mode);
			repository.setFlushMode(FlushMode.IMMEDIATE);
		});
		KvSession session = found(app);
		Object on = session.getAttribute("flag");
		session.removeAttribute("flag");
		session.setAttribute("flag", on);
		assertThat(stored(session, "flag")).contains("on");
	}

	@Test
	@DisplayName("P3 what is set or removed after a save that failed but may have reached KV is saved")
	void afterAFailedSave() {
		Instance app = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		KvSession session = found(app);
		session.setAttribute("flag", "off");
		session.setAttribute("new", "1");
		this.world.faults().every(KvFault.lostAfterWrite(), KvCallKind.PUT);
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> app.save(session));
		this.world.faults().clear();
		session.setAttribute("flag", "on");
		session.removeAttribute("new");
		app.save(session);
		assertThat(stored(session, "flag")).contains("on");
		assertRemoved(session, "new");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P4 a session-scoped bean that was removed is not saved again because it was changed in place")
	void removedBean(SaveMode mode) {
		Instance app = instance(mode);
		KvSession session = found(app);
		List<String> bean = session.getAttribute(BEAN);
		bean.add("milk");
		session.removeAttribute(BEAN);
		app.save(session);
		bean.clear();
		app.save(session);
		assertRemoved(session, BEAN);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P4 an object set again unchanged is no change, though the request has seen a newer one meanwhile")
	void seenInBetween(SaveMode mode) {
		Instance app = instance(mode);
		KvSession session = found(app);
		Object bean = session.getAttribute(BEAN);
		instance(mode).change(session.getId(), BEAN, new ArrayList<>(List.of("tea", "milk")));
		this.world.settle();
		session.setAttribute("flag", "off");
		app.save(session);
		// So does Spring Session's HttpSession before each change.
		session.getAttribute(BEAN);
		session.setAttribute(BEAN, bean);
		app.save(session);
		assertThat(stored(session, BEAN)).contains("milk");
	}

	@Test
	@DisplayName("P4 an interval that a request sets back before it is saved changes nothing")
	void interval() {
		Instance app = this.world.instance();
		KvSession session = found(app);
		this.world.forgetCalls();
		Duration before = session.getMaxInactiveInterval();
		session.setMaxInactiveInterval(Duration.ofDays(2));
		session.setMaxInactiveInterval(before);
		app.save(session);
		assertThat(this.world.calls(KvCallKind.PUT)).isEmpty();
	}

	@Test
	@DisplayName("P3 a value set back by the request after a failed save is saved, though KV does not show what failed")
	void afterAFailedSaveOfAnotherRequest() {
		Instance app = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		for (int i = 0; i < 10; i++) {
			KvSession session = found(app);
			Duration interval = session.getMaxInactiveInterval();
			session.setAttribute("flag", "off");
			session.setMaxInactiveInterval(Duration.ofDays(2));
			this.world.faults().every(KvFault.lostAfterWrite(), KvCallKind.PUT);
			assertThatExceptionOfType(KvException.class).isThrownBy(() -> app.save(session));
			this.world.faults().clear();
			app.request(session.getId(), (next) -> {
				next.setAttribute("flag", "on");
				next.setMaxInactiveInterval(interval);
			});
			assertThat(stored(session, "flag")).contains("on");
			assertThat(this.world.record(session.getId()).maxInactiveInterval()).isEqualTo(interval);
		}
	}

	@Test
	@DisplayName("P4 a removal counts though another instance has written over the attribute without knowing it")
	void removedWhileItIsOverwritten() {
		Instance first = this.world.instance();
		Instance second = this.world.instance();
		Instance third = this.world.instance();
		String id = first.login((session) -> session.setAttribute("b", "1"));
		this.world.settle();
		String old = this.world.truth(id);
		first.change(id, "a", "x");
		this.world.store(id, this.world.truth(id));
		KvSession session = third.find(id);
		assertThat((Object) session.getAttribute("a")).isEqualTo("x");
		this.world.store(id, old);
		second.change(id, "b", "2");
		this.world.store(id, this.world.truth(id));
		this.world.pass(Duration.ofSeconds(35));
		assertThat((Object) third.find(id).getAttribute("a")).isNull();
		session.removeAttribute("a");
		third.save(session);
		this.world.settle();
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("b");
	}

}
