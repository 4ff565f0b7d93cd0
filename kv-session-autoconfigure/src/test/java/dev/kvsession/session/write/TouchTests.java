package dev.kvsession.session.write;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SessionExpiration;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that are only used.
 */
class TouchTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	private void use(String id) {
		this.app.request(id, (session) -> {
		});
	}

	@Test
	@DisplayName("P1 a used session is written once per touch interval, in the background, with its whole life")
	void isWrittenWhenTheTouchIntervalHasPassed() {
		String id = this.app.login((session) -> {
		});
		this.world.pass(Duration.ofMinutes(50));
		use(id);
		this.world.pass(Duration.ofMinutes(1));
		assertThat(this.world.writesOf(id)).hasSize(1);
		this.world.pass(Duration.ofMinutes(9));
		Instant access = this.world.now();
		use(id);
		use(id);
		this.world.settle();
		assertThat(this.world.writesOf(id)).hasSize(2);
		KvCall touch = this.world.writesOf(id).get(1);
		assertThat(touch.ttl(touch.key())).isEqualTo(604_800);
		assertThat(this.world.record(id).lastAccessedAt()).isBetween(access.truncatedTo(ChronoUnit.MILLIS),
				access.plusSeconds(2));
	}

	@Test
	void aTouchIntervalOfZeroWritesEachUse() {
		Instance eager = this.world.instance((repository) -> repository.setTouchInterval(Duration.ZERO));
		String id = eager.login((session) -> {
		});
		Instant access = this.world.now().plusSeconds(30);
		this.world.pass(Duration.ofSeconds(30));
		eager.request(id, (session) -> {
		});
		// It waits for company twice: to be read, and to be written.
		this.world.pass(Duration.ofSeconds(10));
		assertThat(this.world.record(id).lastAccessedAt()).isAfterOrEqualTo(access.truncatedTo(ChronoUnit.MILLIS));
	}

	@Test
	@DisplayName("P3 nobody waits for the company that a touch of the same session waits for")
	void aTouchHoldsNobodyUp() {
		for (Consumer<String> action : List.<Consumer<String>>of((id) -> this.app.change(id, "a", "new"),
				this.app::delete, (id) -> this.app.request(id, KvSession::changeSessionId))) {
			String id = this.app.login((session) -> {
			});
			this.world.pass(Duration.ofMinutes(70));
			use(id);
			this.world.pass(Duration.ofMillis(500));
			Instant before = this.world.now();
			action.accept(id);
			assertThat(this.app.repository().getPendingWrites()).isZero();
			assertThat(Duration.between(before, this.world.now())).isLessThan(Duration.ofSeconds(1));
			this.world.settle();
		}
	}

	@Test
	@DisplayName("P7 a session with a shorter interval than the touch interval stays alive while it is used")
	void isTouchedByItsOwnInterval() {
		Instance eager = this.world.instance((repository) -> repository.setTouchInterval(Duration.ofHours(1)));
		String id = eager.login((session) -> session.setMaxInactiveInterval(Duration.ofMinutes(10)));
		for (int i = 0; i < 60; i++) {
			this.world.pass(Duration.ofMinutes(1));
			eager.request(id, (session) -> {
			});
		}
		Instance other = this.world.instance();
		this.world.pass(Duration.ofMinutes(8));
		assertThat(this.world.truth(id)).isNotNull();
		assertThat(other.find(id)).isNotNull();
	}

	@Test
	@DisplayName("P4 the last access that one instance tells never decreases, not even by rounding")
	void lastAccessNeverDecreases() {
		String id = this.app.login((session) -> {
		});
		Instant latest = Instant.EPOCH;
		for (int i = 0; i < 50; i++) {
			this.world.pass(Duration.ofMillis(700).plusNanos(123_456));
			KvSession session = this.app.find(id);
			assertThat(session.getLastAccessedTime()).isAfterOrEqualTo(latest);
			session.setLastAccessedTime(this.world.now());
			latest = session.getLastAccessedTime();
			if (i % 7 == 0) {
				session.setAttribute("a", i);
			}
			this.app.save(session);
			this.world.pass((i % 10 == 0) ? Duration.ofMinutes(2) : Duration.ZERO);
		}
	}

	@Test
	@DisplayName("P4 the last access of a request whose change still waits is seen by the next")
	void lastAccessOfAWaitingChangeIsSeen() {
		String id = this.app.login((session) -> {
		});
		this.world.pass(Duration.ofMinutes(1));
		Instant access = this.world.now().truncatedTo(ChronoUnit.MILLIS);
		KvSession session = this.app.find(id);
		session.setLastAccessedTime(access);
		session.setAttribute("a", "1");
		Instant[] seen = new Instant[1];
		this.world.during(KvCallKind.PUT, () -> seen[0] = this.app.find(id).getLastAccessedTime());
		this.app.save(session);
		assertThat(seen[0]).isEqualTo(access);
	}

	@Test
	void aTouchThatFailsDisturbsNobodyAndIsRepeatedWithTheNextUse() {
		String id = this.app.login((session) -> {
		});
		this.world.pass(Duration.ofMinutes(70));
		use(id);
		this.world.pass(Duration.ofMinutes(70));
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		use(id);
		this.world.settle();
		this.world.faults().clear();
		Instant access = this.world.now().truncatedTo(ChronoUnit.MILLIS);
		use(id);
		this.world.settle();
		assertThat(this.world.record(id).lastAccessedAt()).isAfterOrEqualTo(access);
	}

	@Test
	void aFixedSessionIsNeverTouched() {
		Instance fixed = this.world.instance((repository) -> {
			repository.setExpiration(SessionExpiration.FIXED);
			repository.setTouchInterval(Duration.ZERO);
		});
		String id = fixed.login((session) -> {
		});
		for (int i = 0; i < 24; i++) {
			this.world.pass(Duration.ofHours(1));
			fixed.request(id, (session) -> {
			});
		}
		this.world.settle();
		assertThat(this.world.writesOf(id)).hasSize(1);
	}

}
