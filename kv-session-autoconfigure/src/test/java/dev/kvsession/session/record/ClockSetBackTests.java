package dev.kvsession.session.record;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SessionRuntime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance whose clock is set back by an hour.
 */
class ClockSetBackTests {

	private final World world = new World();

	private final Instance other = this.world.instance();

	private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

	private final String id = this.other.login((session) -> session.setAttribute("user", "octocat"));

	private KvSessionRepository repository() {
		InstantSource clock = () -> this.world.now().plus(this.shift.get());
		SessionRuntime runtime = this.other.runtime();
		return new KvSessionRepository(this.other.engine(),
				new SessionRuntime(clock, () -> TimeUnit.MILLISECONDS.toNanos(this.world.now().toEpochMilli()),
						runtime.scheduler(), () -> 0.5, "back", runtime.waiter()),
				World.CODEC);
	}

	@Test
	@DisplayName("P5 a logout elsewhere is noticed as soon as with a steady clock")
	void logoutElsewhere() {
		this.world.settle();
		KvSessionRepository repository = repository();
		assertThat(repository.findById(this.id)).isNotNull();
		this.shift.set(Duration.ofHours(-1));
		this.other.delete(this.id);
		this.world.settle();
		assertThat(repository.findById(this.id)).isNull();
	}

	@Test
	@DisplayName("P8 an id that was absent once is asked for again")
	void absentOnce() {
		this.world.settle();
		String record = this.world.truth(this.id);
		this.world.remove(this.id);
		this.world.settle();
		KvSessionRepository repository = repository();
		assertThat(repository.findById(this.id)).isNull();
		this.shift.set(Duration.ofHours(-1));
		this.world.store(this.id, record);
		this.world.settle();
		assertThat(repository.findById(this.id)).isNotNull();
	}

	@Test
	@DisplayName("P8 an own write still outweighs a miss that KV has cached")
	void ownWrite() {
		KvSessionRepository repository = repository();
		KvSession session = repository.createSession();
		repository.save(session);
		this.shift.set(Duration.ofHours(-1));
		this.world.remove(session.getId());
		this.world.pass(Duration.ofSeconds(60));
		assertThat(repository.findById(session.getId())).isNotNull();
	}

}
