package dev.kvsession.session.write;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kvsession.client.KvBudget;
import dev.kvsession.client.KvCallClass;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.SessionEngine;
import dev.kvsession.session.World;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of sessions whose last access is due at once, as after an outage.
 */
class TouchBurstTests {

	/** Each reads two keys, which is more than may wait. */
	private static final int SESSIONS = 6000;

	private static final List<String> HUNDRED = IntStream.range(0, 100).mapToObj((i) -> "session:other-" + i).toList();

	private static final Duration AT_ONCE = Duration.ofSeconds(2);

	private final World world = new World(KvEmulatorSettings.strong().withRateLimit(KvRateLimit.cloudflare()));

	private final Instance app = this.world.instance(KvBudget.CLOUDFLARE);

	private final SecureSessionIdGenerator ids = new SecureSessionIdGenerator();

	private final List<LiveSession> used = new ArrayList<>();

	private CompletableFuture<Optional<LiveSession>> save(SessionEngine sessions, KvSession session) {
		return sessions.save(session.draft(), Duration.ZERO);
	}

	private LiveSession visit(SessionEngine sessions) {
		KvSession visitor = Instance.create(sessions);
		visitor.setAttribute("a", "1");
		save(sessions, visitor);
		this.world.pass(Duration.ofSeconds(5));
		return sessions.known(visitor.getId());
	}

	/** Sessions that are held here and due to be touched. */
	private void hold(SessionEngine sessions) {
		String record = this.world.truth(visit(sessions).id());
		this.world.pass(Duration.ofHours(2));
		for (int i = 0; i < SESSIONS; i++) {
			String id = this.ids.generate();
			this.world.store(id, record);
			sessions.load(List.of(id)).thenAccept((found) -> found.ifPresent(this.used::add));
			this.world.pass((i % 500 == 499) ? Duration.ofMillis(500) : Duration.ZERO);
		}
		this.world.pass(Duration.ofSeconds(10));
		assertThat(this.used).hasSize(SESSIONS);
	}

	/** Refreshing takes all calls that come back. */
	private void useUpTheBurst(int seconds) {
		for (int second = 0; second < seconds; second++) {
			for (int i = 0; i < 8; i++) {
				this.app.engine().getAll(HUNDRED, KvCallClass.REFRESH);
			}
			this.world.pass(Duration.ofSeconds(1));
		}
	}

	private long touch(SessionEngine sessions) {
		long now = this.app.runtime().clock().millis();
		return this.used.stream().filter((live) -> sessions.touch(live, now)).count();
	}

	private void age(LiveSession live) {
		live.freshness().known(this.app.runtime().clock().millis() - Duration.ofSeconds(10).toMillis());
	}

	private boolean isInKv(KvSession session) {
		String record = this.world.truth(session.getId());
		return record != null && record.contains("\"user\"");
	}

	private Duration saveAmongTouches(SessionEngine sessions, boolean login) {
		hold(sessions);
		LiveSession live = visit(sessions);
		useUpTheBurst(120);
		this.used.forEach(this::age);
		age(live);
		assertThat(touch(sessions)).isEqualTo(SESSIONS);
		this.world.pass(Duration.ofMillis(100));
		KvSession session = Instance.open(sessions, live);
		if (login) {
			session.changeSessionId();
		}
		session.setAttribute("user", "me");
		Instant begun = this.world.now();
		CompletableFuture<Instant> saved = save(sessions, session)
			.thenApply((found) -> isInKv(session) ? this.world.now() : Instant.MAX);
		useUpTheBurst(30);
		return Duration.between(begun, saved.exceptionally((ex) -> Instant.MAX).getNow(Instant.MAX));
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P10 a burst of touches neither delays nor refuses a login")
	void login(WriteMode mode) {
		assertThat(saveAmongTouches(this.app.sessions(mode), true)).isLessThan(AT_ONCE);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("P10 nor a change")
	void change(WriteMode mode) {
		assertThat(saveAmongTouches(this.app.sessions(mode), false)).isLessThan(AT_ONCE);
	}

	@Test
	@DisplayName("P7 a touch that finds no room is made with a later use")
	void noRoom() {
		SessionEngine sessions = this.app.sessions(WriteMode.COALESCE);
		hold(sessions);
		this.used.forEach(this::age);
		Instant begun = this.world.now();
		for (int minute = 0; minute < 10; minute++) {
			touch(sessions);
			this.world.pass(Duration.ofMinutes(1));
		}
		assertThat(this.used)
			.allSatisfy((live) -> assertThat(this.world.record(live.id()).lastAccessedAt()).isAfterOrEqualTo(begun));
	}

}
