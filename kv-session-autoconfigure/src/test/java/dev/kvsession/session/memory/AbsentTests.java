package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.client.KvException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.ReadFailurePolicy;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AbsentTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	static Stream<KvFault> failures() {
		return Stream.of(KvFault.error(404, 10009, "get: 'key not found'"),
				KvFault.error(404, 10013, "namespace not found"), KvFault.error(404, 7003, "could not route"),
				KvFault.status(404), KvFault.html(404), KvFault.wrongToken(), KvFault.quotaExhausted(),
				KvFault.throttled(Duration.ofMinutes(5)), KvFault.html(200), KvFault.status(503), KvFault.resetBefore(),
				KvFault.status(410));
	}

	@ParameterizedTest
	@MethodSource("failures")
	@DisplayName("P8 only null for its key is absent: everything else is an exception, and the session is found afterwards")
	void failuresAreNotAbsence(KvFault failure) {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		Instance other = this.world.instance();
		this.world.faults().every(failure, KvCallKind.BULK_GET);
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> other.find(id));
		this.world.faults().clear();
		// Neither a block, nor a quota, nor the circuit lasts longer.
		this.world.pass(Duration.ofDays(1));
		assertThat(other.find(id).<String>getAttribute("a")).isEqualTo("1");
	}

	@Test
	@DisplayName("P8 a record written here is found for two minutes though KV does not have it yet")
	void ownYoungRecord() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.remove(id);
		for (int i = 0; i < 11; i++) {
			assertThat(this.app.find(id)).isNotNull();
			this.world.pass(Duration.ofSeconds(10));
		}
	}

	@Test
	@DisplayName("P8 a record written elsewhere and read here is found for two minutes though KV misses it again")
	void foreignYoungRecord() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		Instance other = this.world.instance();
		this.world.store(id, this.world.truth(id));
		assertThat(other.find(id)).isNotNull();
		this.world.remove(id);
		this.world.pass(Duration.ofSeconds(45));
		assertThat(other.find(id)).isNotNull();
		this.world.pass(Duration.ofMinutes(2));
		assertThat(other.find(id)).isNull();
	}

	@Test
	@DisplayName("P8 a change of a young record that KV misses again is written, not dropped")
	void changeOfAForeignYoungRecord() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		Instance other = this.world.instance();
		this.world.store(id, this.world.truth(id));
		KvSession session = other.find(id);
		String record = this.world.truth(id);
		this.world.pass(Duration.ofSeconds(10));
		this.world.remove(id);
		session.setAttribute("b", "2");
		other.save(session);
		assertThat(record).isNotNull();
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a", "b");
	}

	@Test
	@DisplayName("P8 an older record that KV does not have is absent")
	void olderRecord() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.pass(Duration.ofMinutes(3));
		this.world.remove(id);
		assertThat(this.app.find(id)).isNull();
	}

	@Test
	@DisplayName("P8 with no-session a failed read is a stranger, and nothing is forgotten")
	void noSessionPolicy() {
		Instance lenient = this.world
			.instance((repository) -> repository.setOnReadFailure(ReadFailurePolicy.NO_SESSION));
		String id = lenient.login((session) -> session.setAttribute("a", "1"));
		this.world.pass(Duration.ofHours(5));
		this.world.faults().every(KvFault.status(503), KvCallKind.BULK_GET);
		assertThat(lenient.find(id)).isNull();
		this.world.faults().clear();
		assertThat(lenient.find(id).<String>getAttribute("a")).isEqualTo("1");
	}

	@Test
	@DisplayName("P8 a session found absent is found as soon as KV has it")
	void absentThenPresent() {
		String id = new SecureSessionIdGenerator().generate();
		assertThat(this.app.find(id)).isNull();
		String donor = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.store(id, this.world.truth(donor));
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.app.find(id).<String>getAttribute("a")).isEqualTo("1");
	}

}
