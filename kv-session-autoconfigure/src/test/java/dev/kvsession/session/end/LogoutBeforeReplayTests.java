package dev.kvsession.session.end;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kvsession.session.Instance;
import dev.kvsession.session.World;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

class LogoutBeforeReplayTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	// The probe, the look for the record and its marker, and the record itself.
	@ParameterizedTest
	@CsvSource({ "BULK_GET, 0", "BULK_GET, 1", "PUT, 0" })
	@DisplayName("P5 a login of an outage that is logged out while it is being written stays out of KV")
	void logoutWhileAHeldLoginIsChecked(KvCallKind kind, int before) {
		this.world.faults().every(KvFault.status(503));
		for (int i = 0; i < 5; i++) {
			this.app.login((session) -> session.setAttribute("a", "0"));
		}
		this.world.pass(Duration.ofSeconds(4));
		assertThat(this.app.engine().isAvailable()).isFalse();
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.pass(Duration.ofMinutes(2));
		this.world.faults().clear();
		during(kind, before, () -> this.app.delete(id));
		this.world.settle();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.world.truth(id)).isNull();
	}

	private void during(KvCallKind kind, int before, Runnable action) {
		this.world.during(kind, (before > 0) ? () -> during(kind, before - 1, action) : action);
	}

}
