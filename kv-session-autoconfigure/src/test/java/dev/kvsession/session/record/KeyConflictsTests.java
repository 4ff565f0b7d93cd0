package dev.kvsession.session.record;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvKeyRateLimitException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeyConflictsTests {

	private final World world = new World();

	private final Instance one = this.world.instance();

	private final Instance two = this.world.instance();

	private final String id = this.one.login((session) -> session.setAttribute("a", "1"));

	@Test
	@DisplayName("P6 a change within a second of another instance's write waits and is written")
	void changeAfterAForeignWrite() {
		this.world.settle();
		KvSession session = this.two.find(this.id);
		session.setAttribute("b", "2");
		this.one.find(this.id);
		this.one.change(this.id, "a", "2");
		this.two.save(session);
		assertThat(this.world.record(this.id).attributes()).containsKey("b");
		assertThat(this.world.writesOf(this.id)).extracting(KvCall::status).contains(429).last().isEqualTo(200);
	}

	@Test
	@DisplayName("P6 a delete within a second of another instance's write waits and is done")
	void deleteAfterAForeignWrite() {
		this.two.delete(this.id);
		assertThat(this.world.truth(this.id)).isNull();
	}

	@Test
	@DisplayName("P6 a key that is refused again and again fails the save")
	void bounded() {
		Instance waiting = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));
		this.world.settle();
		KvSession session = waiting.find(this.id);
		session.setAttribute("a", "2");
		this.world.faults().every(KvFault.keyWrittenTooOften(), KvCallKind.PUT);
		assertThatExceptionOfType(KvKeyRateLimitException.class).isThrownBy(() -> waiting.save(session));
	}

}
