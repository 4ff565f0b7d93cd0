package dev.kvsession.session.write;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;

import dev.kvsession.client.KvException;
import dev.kvsession.codec.AttributeEncodingException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecurityContexts;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SavedMeansSavedTests {

	private final World world = new World();

	private final Instance app = this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC));

	static Stream<KvFault> refusals() {
		return Stream.of(KvFault.status(503), KvFault.status(500), KvFault.wrongToken(), KvFault.quotaExhausted(),
				KvFault.throttled(Duration.ofMinutes(5)), KvFault.html(502), KvFault.html(200),
				KvFault.error(404, 10013, "namespace not found"), KvFault.resetBefore(),
				KvFault.error(400, 10012, "invalid request body"), KvFault.status(406));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	@DisplayName("P3 saving a new session fails when KV does not take it")
	void aNewSessionFails(KvFault refusal) {
		KvSession session = this.app.create();
		session.setAttribute("a", "1");
		this.world.faults().every(refusal, KvCallKind.PUT);
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> this.app.save(session));
		assertThat(this.world.truth(session.getId())).isNull();
		assertThat(this.app.events(Object.class)).isEmpty();
		this.world.faults().clear();
		this.world.pass(Duration.ofDays(1));
		this.app.save(session);
		assertThat(this.world.record(session.getId()).attributes()).containsOnlyKeys("a");
	}

	@ParameterizedTest
	@MethodSource("refusals")
	@DisplayName("P3 saving a change fails when KV does not take it, and can be repeated")
	void aChangeFails(KvFault refusal) {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		KvSession session = this.app.find(id);
		session.setAttribute("a", "2");
		this.world.faults().every(refusal, KvCallKind.PUT);
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> this.app.save(session));
		this.world.faults().clear();
		this.world.pass(Duration.ofDays(1));
		assertThat(this.app.find(id).<String>getAttribute("a")).isEqualTo("1");
		this.app.save(session);
		assertThat(this.app.find(id).<String>getAttribute("a")).isEqualTo("2");
		assertThat(this.world.record(id).attributes().get("a").raw()).contains("2");
	}

	@Test
	@DisplayName("P3 a change fails when the state to apply it to cannot be read")
	void aChangeFailsWithTheReadBeforeIt() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.pass(Duration.ofSeconds(20));
		KvSession session = this.app.find(id);
		session.setAttribute("a", "2");
		this.world.faults().every(KvFault.status(503), KvCallKind.BULK_GET);
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> this.app.save(session));
		this.world.faults().clear();
		this.world.settle();
		this.app.save(session);
		assertThat(this.world.record(id).attributes().get("a").raw()).contains("2");
	}

	@Test
	@DisplayName("P3 the call returns after KV has answered")
	void returnsAfterTheAnswer() {
		String[] truth = new String[1];
		KvSession session = this.app.create();
		this.world.faults().next(1, KvFault.delayed(Duration.ofSeconds(3)), KvCallKind.PUT);
		this.world.time().schedule(() -> truth[0] = "still waiting", Duration.ofSeconds(2));
		this.app.save(session);
		assertThat(truth[0]).isEqualTo("still waiting");
	}

	@Test
	@DisplayName("P3 a save whose answer was lost is repeated when the key may be written again, and is in KV")
	void lostAnswer() {
		for (int seed = 0; seed < 20; seed++) {
			World other = new World(seed);
			Instance instance = other.instance();
			String id = instance.login((session) -> session.setAttribute("a", "1"));
			other.pass(Duration.ofSeconds(2));
			other.faults().next(1, KvFault.lostAfterWrite(), KvCallKind.PUT);
			KvSession session = instance.find(id);
			session.setAttribute("a", "2");
			instance.save(session);
			assertThat(instance.find(id).<String>getAttribute("a")).isEqualTo("2");
			assertThat(other.record(id).attributes().get("a").raw()).contains("2");
		}
	}

	@Test
	@DisplayName("P3 after a save with unknown outcome KV is asked before memory is trusted again")
	void doubtAfterAnUnknownOutcome() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.faults().every(KvFault.lostAfterWrite(), KvCallKind.PUT);
		KvSession session = this.app.find(id);
		session.setAttribute("a", "2");
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> this.app.save(session));
		this.world.faults().clear();
		this.world.forgetCalls();
		this.app.find(id);
		assertThat(this.world.calls(KvCallKind.BULK_GET)).hasSize(1);
	}

	@Test
	@DisplayName("P3 a crash right after the save loses nothing")
	void crashAfterSave() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.app.change(id, "b", "2");
		this.app.crash();
		this.world.settle();
		assertThat(this.world.instance().find(id).getAttributeNames()).containsExactlyInAnyOrder("a", "b");
	}

	@Test
	@DisplayName("P9 a value that cannot come back fails the save by its attribute's name, and nothing is sent")
	void unstorableValue() {
		KvSession session = this.app.create();
		session.setAttribute("good", "1");
		session.setAttribute("the bad one", new Thread());
		assertThatExceptionOfType(AttributeEncodingException.class).isThrownBy(() -> this.app.save(session))
			.withMessageContaining("the bad one");
		assertThat(this.world.calls()).isEmpty();
		session.removeAttribute("the bad one");
		this.app.save(session);
		assertThat(this.world.record(session.getId()).attributes()).containsOnlyKeys("good");
	}

	@Test
	@DisplayName("P3 a record larger than KV takes fails the save, and the session stays as it was")
	void tooLarge() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		KvSession session = this.app.find(id);
		session.setAttribute("large", "x".repeat(25 * 1024 * 1024 + 1));
		assertThatExceptionOfType(KvException.class).isThrownBy(() -> this.app.save(session));
		assertThat(this.app.find(id).getAttributeNames()).containsExactly("a");
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a");
	}

	@Test
	void claimsThatMayNotStandInARecordFailTheSave() {
		Instance wrong = this.world
			.instance((repository) -> repository.setSessionClaims((authentication) -> Map.of("expiresAt", "never")));
		KvSession session = wrong.create();
		session.setAttribute(SecurityContexts.ATTRIBUTE,
				new SecurityContextImpl(new TestingAuthenticationToken("u", "n/a", "ROLE_USER")));
		assertThatIllegalArgumentException().isThrownBy(() -> wrong.save(session)).withMessageContaining("expiresAt");
		assertThat(this.world.calls()).isEmpty();
	}

}
