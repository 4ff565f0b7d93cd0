package dev.kvsession.session.protection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.SimulatedRepository;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances of two neighbouring settings run side by side during each deployment.
 */
class ProtectionLadderTests {

	private static final String KEY_A = "a:" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

	private static final String KEY_B = "b:" + "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXpBQkNERUY=";

	private final World world = new World();

	@Test
	@DisplayName("P4 P5 a session that instances of both settings use survives each step of the ladder, forwards and back")
	void nobodyIsLoggedOut() {
		List<SessionProtection> steps = new ArrayList<>();
		steps.add(SessionProtection.NONE);
		for (ProtectionMode mode : ProtectionMode.values()) {
			steps.add(all(mode, KEY_A));
		}
		steps.add(all(ProtectionMode.REQUIRED, KEY_A, KEY_B));
		steps.add(all(ProtectionMode.REQUIRED, KEY_B, KEY_A));
		steps.add(all(ProtectionMode.REQUIRED, KEY_B));
		steps.add(all(ProtectionMode.WRITE, KEY_B));
		steps.add(all(ProtectionMode.READ, KEY_B));
		steps.add(SessionProtection.NONE);
		Instance old = instance(0, steps);
		String id = old.login((session) -> session.setAttribute("user", "ada"));
		for (int step = 1; step < steps.size(); step++) {
			Instance next = instance(step, steps);
			for (Instance instance : List.of(next, old, next)) {
				this.world.pass(Duration.ofMinutes(3));
				id = used(instance, id, step);
			}
			// The deployment is over; an id is changed once it is an hour old, and back
			// after a day.
			this.world.pass(Duration.ofHours(25));
			id = used(next, id, step);
			old = next;
		}
	}

	@Test
	@DisplayName("P5 instances of neighbouring settings do not take turns in changing a session's id")
	void nobodyTakesTurns() {
		Instance reading = this.world
			.instance((repository) -> repository.setProtection(all(ProtectionMode.READ, KEY_A, KEY_B)));
		Instance writing = this.world
			.instance((repository) -> repository.setProtection(all(ProtectionMode.WRITE, KEY_A, KEY_B)));
		Instance rotated = this.world
			.instance((repository) -> repository.setProtection(all(ProtectionMode.WRITE, KEY_B, KEY_A)));
		String plain = reading.login((session) -> session.setAttribute("user", "ada"));
		this.world.pass(Duration.ofMinutes(3));
		String id = used(writing, plain, 0);
		assertThat(id).isNotEqualTo(plain);
		for (int request = 1; request < 10; request++) {
			this.world.pass(Duration.ofMinutes(3));
			Instance next = List.of(reading, rotated, writing).get(request % 3);
			assertThat(used(next, id, request)).isEqualTo(id);
		}
	}

	private Instance instance(int step, List<SessionProtection> steps) {
		return this.world.instance((repository) -> repository.setProtection(steps.get(step)));
	}

	private static SessionProtection all(ProtectionMode mode, String... keys) {
		return SessionProtection.in("namespace")
			.withSignedIds(List.of(keys), mode)
			.withHashedKeys(mode)
			.withSealedRecords(List.of(keys), mode, ClaimsOutside.NONE);
	}

	private String used(Instance instance, String id, int step) {
		String[] used = new String[1];
		SimulatedRepository.request(false).accept(() -> {
			KvSession session = instance.find(id);
			assertThat(session).as("step %d", step).isNotNull();
			assertThat(session.<String>getAttribute("user")).isEqualTo("ada");
			session.setLastAccessedTime(this.world.now());
			session.setAttribute("step", step + instance.hashCode());
			instance.save(session);
			used[0] = session.getId();
		});
		return used[0];
	}

}
