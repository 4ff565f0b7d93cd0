package dev.kvsession.session.outage;

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
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SessionRuntime;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class OutageAttackTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	@Test
	@DisplayName("P11 a clock set back in an outage takes no session away")
	void clockBackInAnOutage() {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);
		InstantSource clock = () -> this.world.now().plus(shift.get());
		SessionRuntime runtime = this.app.runtime();
		KvSessionRepository repository = new KvSessionRepository(this.app.engine(),
				new SessionRuntime(clock, () -> TimeUnit.MILLISECONDS.toNanos(this.world.now().toEpochMilli()),
						runtime.scheduler(), () -> 0.5, "back", runtime.waiter()),
				World.CODEC);
		assertThat(repository.findById(id)).isNotNull();
		shift.set(Duration.ofMinutes(-10));
		this.world.faults().every(KvFault.status(503));
		assertThat(repository.findById(id)).isNotNull();
		this.world.pass(Duration.ofSeconds(60));
		assertThat(repository.findById(id)).isNotNull();
	}

	@Test
	@DisplayName("P11 a repetition that runs at once is not forgotten")
	void hastyScheduler() {
		SessionRuntime runtime = this.app.runtime();
		AtomicReference<Boolean> hasty = new AtomicReference<>(false);
		KvSessionRepository repository = new KvSessionRepository(this.app.engine(),
				new SessionRuntime(runtime.clock(), runtime.nanoTime(), (task, delay) -> {
					// As if this thread had been stopped for longer than the delay.
					if (hasty.get() && delay.compareTo(Duration.ofSeconds(1)) != 0) {
						task.run();
						return runtime.scheduler().schedule(() -> {
						}, Duration.ZERO);
					}
					return runtime.scheduler().schedule(task, delay);
				}, () -> 0.5, "hasty", runtime.waiter()), World.CODEC);
		hasty.set(true);
		this.world.faults().every(KvFault.status(503));
		KvSession session = repository.createSession();
		session.setAttribute("a", "1");
		repository.save(session);
		hasty.set(false);
		this.world.pass(Duration.ofMinutes(5));
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.truth(session.getId())).isNotNull();
	}

	@Test
	@DisplayName("P11 what an outage holds is not lost to a proxy that refuses, nor to a refused read before the write")
	void refusedAfterTheOutage() {
		String changed = login();
		String renamed = login();
		this.world.pass(Duration.ofMinutes(2));
		this.world.faults().every(KvFault.status(503));
		this.app.change(changed, "held", "1");
		String created = login();
		KvSession successor = this.app.find(renamed);
		successor.changeSessionId();
		this.app.save(successor);
		for (int status : new int[] { 400, 405, 407, 409, 410, 421, 431, 451 }) {
			this.world.faults().clear();
			this.world.faults().every(KvFault.status(status));
			this.world.pass(Duration.ofMinutes(2));
		}
		this.world.faults().clear();
		this.world.faults().every(KvFault.error(403, 90001, "outside the gateway's prefixes"), KvCallKind.BULK_GET);
		this.world.pass(Duration.ofMinutes(2));
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.record(changed).attributes()).containsOnlyKeys("a", "held");
		assertThat(this.world.record(created).attributes()).containsOnlyKeys("a");
		assertThat(this.world.record(successor.getId()).attributes()).containsOnlyKeys("a");
		assertThat(this.world.truth(renamed)).isNull();
		assertThat(this.app.repository().getStatistics().count(KvSessionEvent.DROPPED_WRITE)).isZero();
	}

	private String login() {
		return this.app.login((session) -> session.setAttribute("a", "1"));
	}

}
