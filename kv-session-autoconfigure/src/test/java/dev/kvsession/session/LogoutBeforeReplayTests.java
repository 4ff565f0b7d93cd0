package dev.kvsession.session;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kvsession.test.KvCallKind;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

class LogoutBeforeReplayTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	@ParameterizedTest
	@EnumSource(names = { "GET", "BULK_GET", "PUT" })
	@DisplayName("P5 a login of an outage that is logged out while it is being written stays out of KV")
	void logoutWhileAHeldLoginIsChecked(KvCallKind kind) {
		this.world.faults().every(KvFault.status(503));
		for (int i = 0; i < 5; i++) {
			this.app.login((session) -> session.setAttribute("a", "0"));
		}
		this.world.pass(Duration.ofSeconds(4));
		assertThat(this.app.engine().isAvailable()).isFalse();
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.pass(Duration.ofMinutes(2));
		this.world.faults().clear();
		this.world.during(kind, () -> this.app.delete(id));
		this.world.settle();
		assertThat(this.app.find(id)).isNull();
		assertThat(this.world.truth(id)).isNull();
	}

}
