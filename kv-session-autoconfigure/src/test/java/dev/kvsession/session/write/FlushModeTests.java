package dev.kvsession.session.write;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.session.FlushMode;
import org.springframework.session.events.SessionCreatedEvent;

import dev.kvsession.EachKv;
import dev.kvsession.TestKv;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

@EachKv
class FlushModeTests {

	private final World world;

	private final Instance immediate;

	FlushModeTests(TestKv kv) {
		this.world = World.on(kv);
		this.immediate = this.world.instance((repository) -> repository.setFlushMode(FlushMode.IMMEDIATE));
	}

	@Test
	void immediateWritesANewSessionAtOnce() {
		KvSession session = this.immediate.create();
		assertThat(this.world.truth(session.getId())).isNotNull();
		assertThat(this.immediate.events(SessionCreatedEvent.class)).hasSize(1);
	}

	@Test
	void immediateWritesEachChangeAtOnceIfToldToWait() {
		Instance immediate = this.world.instance((repository) -> {
			repository.setFlushMode(FlushMode.IMMEDIATE);
			repository.setWriteMode(WriteMode.SYNC);
		});
		KvSession session = immediate.create();
		session.setAttribute("a", "1");
		assertThat(this.world.record(session.getId()).attributes()).containsOnlyKeys("a");
		session.removeAttribute("a");
		assertThat(this.world.record(session.getId()).attributes()).isEmpty();
		session.setMaxInactiveInterval(Duration.ofMinutes(5));
		assertThat(this.world.record(session.getId()).maxInactiveInterval()).isEqualTo(Duration.ofMinutes(5));
		String old = session.getId();
		session.changeSessionId();
		assertThat(this.world.truth(old)).isNull();
		assertThat(this.world.truth(session.getId())).isNotNull();
		this.world.forgetCalls();
		immediate.save(session);
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	void onSaveWritesNothingBeforeTheSave() {
		Instance app = this.world.instance();
		String id = app.login((session) -> session.setAttribute("a", "1"));
		this.world.forgetCalls();
		KvSession session = app.find(id);
		session.setAttribute("a", "2");
		session.removeAttribute("b");
		session.setMaxInactiveInterval(Duration.ofMinutes(5));
		session.changeSessionId();
		assertThat(this.world.calls(KvCallKind.PUT, KvCallKind.DELETE)).isEmpty();
	}

}
