package dev.kvsession.session.read;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.client.KvBudget;
import dev.kvsession.session.Instance;
import dev.kvsession.session.SessionEngine;
import dev.kvsession.session.World;
import dev.kvsession.session.handoff.Handoff;
import dev.kvsession.session.memory.LiveSession;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvLatency;
import dev.kvsession.test.kv.KvRateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids that may be guesses beside ids that are certainly none.
 */
class StrangersTests {

	private static final Duration TENTH = Duration.ofMillis(100);

	private static final Duration ROUND_TRIP = Duration.ofMillis(25);

	private final World world = new World(KvEmulatorSettings.strong()
		.withLatency(KvLatency.between(ROUND_TRIP, ROUND_TRIP))
		.withRateLimit(KvRateLimit.cloudflare()));

	private final Instance app = this.world.instance(KvBudget.CLOUDFLARE);

	private final SessionEngine sessions = this.app.sessions(WriteMode.COALESCE);

	private final SecureSessionIdGenerator ids = new SecureSessionIdGenerator();

	private String record() {
		return this.world.truth(this.world.instance().login((session) -> session.setAttribute("a", "1")));
	}

	private Handoff handoff(String id, String record) {
		return new Handoff(id, World.CODEC.decode(record).rev(), this.world.now().toEpochMilli(), record);
	}

	/** A hundred guesses a second, until the test ends. */
	private void guess() {
		for (int i = 0; i < 10; i++) {
			this.sessions.load(List.of(this.ids.generate()));
		}
		this.world.time().schedule(this::guess, TENTH);
	}

	@Test
	@DisplayName("P2 a flood of guesses does not delay a session that is known here, however long it was idle")
	void knownSession() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		guess();
		this.world.pass(Duration.ofMinutes(4));
		Instant begun = this.world.now();
		assertThat(this.app.find(id)).isNotNull();
		assertThat(Duration.between(begun, this.world.now())).isLessThan(Duration.ofMillis(500));
	}

	@Test
	@DisplayName("P2 a session that becomes known while its id waits as a guess is waited for no longer")
	void becomesKnown() {
		String record = record();
		String id = this.ids.generate();
		this.world.store(id, record);
		guess();
		this.world.pass(Duration.ofMinutes(4));
		CompletableFuture<Optional<LiveSession>> stranger = this.sessions.load(List.of(id));
		Instance.handoffs(this.sessions).load(handoff(id, record));
		this.world.pass(TENTH);
		assertThat(this.sessions.known(id)).isNotNull();
		CompletableFuture<Optional<LiveSession>> known = this.sessions.load(List.of(id));
		this.world.pass(TENTH);
		assertThat(known).isCompletedWithValueMatching(Optional::isPresent);
		assertThat(stranger).isCompletedWithValueMatching(Optional::isPresent);
	}

	@Test
	@DisplayName("P2 the handoffs of a storm of logins elsewhere are no guesses, though KV does not show their sessions")
	void handoffs() {
		String record = record();
		this.world.pass(Duration.ofHours(1));
		this.sessions.load(List.of(this.ids.generate()));
		this.world.pass(Duration.ofSeconds(10));
		for (int tenth = 0; tenth < 100; tenth++) {
			for (int i = 0; i < 50; i++) {
				Instance.handoffs(this.sessions).load(handoff(this.ids.generate(), record));
			}
			this.world.pass(TENTH);
		}
		String id = this.ids.generate();
		this.world.store(id, record);
		CompletableFuture<Optional<LiveSession>> read = this.sessions.load(List.of(id));
		this.world.pass(Duration.ofSeconds(5));
		assertThat(read).isCompletedWithValueMatching(Optional::isPresent);
	}

}
