package dev.kvsession.session.end;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SessionExpiration;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiryTests {

	private static final Duration DAY = Duration.ofDays(1);

	private final World world = new World();

	private Long ttl(String id) {
		KvCall write = this.world.writesOf(id).get(this.world.writesOf(id).size() - 1);
		return write.ttl(write.key());
	}

	private Instance app(Consumer<KvSessionRepository> setup) {
		return this.world.instance(setup);
	}

	private Instance app() {
		return this.world.instance();
	}

	private Long ttlOf(Duration interval) {
		return ttl(app().login((session) -> session.setMaxInactiveInterval(interval)));
	}

	@Test
	@DisplayName("P7 the TTL sent by default is 604800")
	void defaultTtl() {
		assertThat(ttl(app().login((session) -> {
		}))).isEqualTo(604_800);
	}

	@Test
	@DisplayName("P7 the TTL sent is the interval, rounded up, at least 60, at most int32, none for never")
	void ttls() {
		assertThat(ttlOf(Duration.ofSeconds(1))).isEqualTo(60);
		assertThat(ttlOf(Duration.ofSeconds(59))).isEqualTo(60);
		assertThat(ttlOf(Duration.ofMillis(60_001))).isEqualTo(61);
		assertThat(ttlOf(Duration.ofDays(30))).isEqualTo(2_592_000);
		assertThat(ttlOf(Duration.ofSeconds(Integer.MAX_VALUE))).isEqualTo(Integer.MAX_VALUE);
		assertThat(ttlOf(Duration.ofDays(365 * 1000L))).isEqualTo(Integer.MAX_VALUE);
		assertThat(ttlOf(Duration.ZERO)).isNull();
		assertThat(ttlOf(Duration.ofSeconds(-1))).isNull();
	}

	@Test
	@DisplayName("P7 each write sends the TTL again, so that none makes the key immortal")
	void eachWriteSendsTheTtl() {
		Instance app = app();
		String id = app.login((session) -> {
		});
		app.change(id, "a", "1");
		app.request(id, (session) -> session.changeSessionId());
		assertThat(this.world.calls()).filteredOn((call) -> call.kind() == KvCallKind.PUT)
			.allMatch((call) -> call.ttl(call.key()) != null);
	}

	@Test
	@DisplayName("P7 remember-me: 30 days reach the record and KV's TTL, also when set later")
	void rememberMe() {
		Instance app = app();
		String id = app.login((session) -> {
		});
		app.request(id, (session) -> session.setMaxInactiveInterval(Duration.ofDays(30)));
		this.world.pass(Duration.ofSeconds(2));
		assertThat(ttl(id)).isEqualTo(2_592_000);
		assertThat(this.world.record(id).maxInactiveInterval()).isEqualTo(Duration.ofDays(30));
		this.world.pass(Duration.ofDays(29));
		assertThat(app().find(id)).isNotNull();
		this.world.pass(Duration.ofDays(2));
		assertThat(app().find(id)).isNull();
	}

	@Test
	@DisplayName("P7 an idle session ends by the record, to the millisecond, though KV still has it")
	void endsByTheRecord() {
		Instance app = app();
		String id = app.login((session) -> session.setMaxInactiveInterval(Duration.ofSeconds(10)));
		Instant end = this.world.record(id).expiresAt();
		this.world.pass(Duration.between(this.world.now(), end).minusMillis(1));
		assertThat(app.find(id)).isNotNull();
		assertThat(app().find(id)).satisfiesAnyOf((found) -> assertThat(found).isNull(),
				(found) -> assertThat(found.isExpired()).isFalse());
		this.world.pass(Duration.ofMillis(1));
		assertThat(app.find(id)).isNull();
		assertThat(app().find(id)).isNull();
		assertThat(this.world.truth(id)).isNotNull();
	}

	@Test
	@DisplayName("P7 zero and negative intervals never end, whatever time passes")
	void neverEnds() {
		for (Duration never : new Duration[] { Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(-3) }) {
			String id = app().login((session) -> session.setMaxInactiveInterval(never));
			this.world.pass(Duration.ofDays(4000));
			KvSession found = app().find(id);
			assertThat(found.isExpired()).isFalse();
			assertThat(found.getExpiresAt()).isNull();
			assertThat(this.world.record(id).expiresAt()).isNull();
		}
	}

	@Test
	@DisplayName("P7 an interval below a second ends the session, and never becomes for ever")
	void belowASecond() {
		Instance app = app();
		String id = app.login((session) -> session.setMaxInactiveInterval(Duration.ofMillis(500)));
		this.world.pass(Duration.ofMinutes(10));
		assertThat(this.world.truth(id)).isNull();
		String used = app.login((session) -> session.setMaxInactiveInterval(Duration.ofMillis(500)));
		String record = this.world.truth(used);
		assertThat(World.CODEC.decode(record).maxInactiveInterval()).isPositive();
	}

	@Test
	@DisplayName("P7 a session in use does not end")
	void slides() {
		Instance app = app((repository) -> repository.setDefaultMaxInactiveInterval(Duration.ofMinutes(30)));
		String id = app.login((session) -> {
		});
		for (int i = 0; i < 100; i++) {
			this.world.pass(Duration.ofMinutes(20));
			app.request(id, (session) -> {
			});
		}
		this.world.pass(Duration.ofMinutes(31));
		assertThat(app.find(id)).isNull();
	}

	@Test
	@DisplayName("P7 fixed: ends its interval after creation, KV gets what remains")
	void fixed() {
		Instance app = app((repository) -> repository.setExpiration(SessionExpiration.FIXED));
		String id = app.login((session) -> {
		});
		Instant end = this.world.record(id).createdAt().plus(Duration.ofDays(7));
		this.world.pass(DAY.multipliedBy(6));
		app.change(id, "a", "1");
		assertThat(ttl(id)).isBetween(86_395L, 86_400L);
		assertThat(this.world.record(id).expiresAt()).isEqualTo(end);
		this.world.pass(DAY);
		assertThat(app.find(id)).isNull();
	}

	@Test
	@DisplayName("P7 max-lifetime ends a session in use, and caps KV's TTL")
	void maxLifetime() {
		Instance app = app((repository) -> repository.setMaxLifetime(Duration.ofDays(10)));
		String id = app.login((session) -> {
		});
		assertThat(ttl(id)).isEqualTo(604_800);
		for (int i = 0; i < 9; i++) {
			this.world.pass(DAY);
			app.change(id, "a", i);
		}
		assertThat(ttl(id)).isBetween(86_390L, 86_400L);
		this.world.pass(DAY);
		assertThat(app.find(id)).isNull();
	}

	@Test
	@DisplayName("P7 max-lifetime also ends a session that idleness does not end")
	void maxLifetimeOfAnEndlessSession() {
		Instance app = app((repository) -> repository.setMaxLifetime(DAY));
		String id = app.login((session) -> session.setMaxInactiveInterval(Duration.ZERO));
		assertThat(ttl(id)).isEqualTo(86_400);
		this.world.pass(DAY);
		assertThat(app.find(id)).isNull();
	}

	@Test
	void theIntervalBelongsToTheSessionNotToTheInstance() {
		String id = app((repository) -> repository.setDefaultMaxInactiveInterval(Duration.ofDays(3)))
			.login((session) -> {
			});
		this.world.settle();
		assertThat(app().find(id).getMaxInactiveInterval()).isEqualTo(Duration.ofDays(3));
	}

}
