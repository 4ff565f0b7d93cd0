package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.World;
import dev.kvsession.session.record.Snapshot;
import dev.kvsession.session.record.TouchPolicy;
import dev.kvsession.session.settings.SessionSettings;
import dev.kvsession.test.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

class OwnWritesTests {

	private final VirtualTime time = new VirtualTime();

	/** Runs when the caches next ask for the time. */
	private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();

	private int asked;

	private final SessionMemory memory = new SessionMemory(new EngineCaches(this::nanos),
			new SessionSettings(World.CODEC), new TouchPolicy(null, () -> 0.5));

	private final World world = new World();

	private long nanos() {
		Runnable action = this.meanwhile.get();
		if (action != null && --this.asked < 0) {
			this.meanwhile.set(null);
			action.run();
		}
		return this.time.millis() * 1_000_000;
	}

	private String written() {
		String id = this.world.instance().login((session) -> session.setAttribute("a", "1"));
		this.memory.sessions()
			.written(id, new Snapshot(this.world.record(id), 100, Map.of(), null), this.time.millis());
		return id;
	}

	@Test
	@DisplayName("P5 a logout while an own write is kept for another look stays a logout")
	void logoutMeanwhile() {
		for (int moment = 0; moment < 4; moment++) {
			String id = written();
			this.asked = moment;
			this.meanwhile.set(() -> this.memory.end(id));
			this.memory.sessions().keep(id);
			this.memory.sessions().get(id);
			assertThat(this.meanwhile.get()).isNull();
			assertThat(this.memory.sessions().get(id)).isNull();
		}
	}

	@Test
	void whatIsKeptForAnotherLookIsThereAsLongAgain() {
		String id = written();
		this.memory.sessions().remove("another");
		for (int i = 0; i < 5; i++) {
			this.time.advance(Duration.ofMinutes(5));
			assertThat(this.memory.sessions().keep(id)).isNotNull();
		}
	}

}
