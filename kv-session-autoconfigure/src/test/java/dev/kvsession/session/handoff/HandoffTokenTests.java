package dev.kvsession.session.handoff;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.web.FilteredInstance;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handoffs that are sealed with a key made of the API token.
 */
class HandoffTokenTests extends HandoffFixture {

	private final FilteredInstance third = tokenServer();

	private final FilteredInstance fourth = tokenServer();

	private FilteredInstance tokenServer() {
		return server(Duration.ZERO, (repository) -> repository
			.setHandoffKey(HandoffKey.ofToken("a-token-that-nobody-may-see-00001", "namespace")));
	}

	@BeforeEach
	void logIn() throws Exception {
		set(this.third, "user", "octocat");
	}

	@Test
	@DisplayName("P8 the first answer of KV proves the token, and the handoff with it, in one call")
	void firstAnswer() throws Exception {
		this.world.forgetCalls();
		assertThat(shown(this.fourth, "user")).isEqualTo("octocat");
		assertThat(this.world.calls()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 503 })
	@DisplayName("P12 a handoff is not believed where KV has never accepted the token")
	void neverAccepted(int status) throws Exception {
		this.world.faults().every(KvFault.status(status));
		assertThat(shown(this.fourth, "user")).isEqualTo(503);
		assertThat(used(this.fourth)).isZero();
	}

	@Test
	@DisplayName("P8 a handoff is believed while KV does not answer, where KV has accepted the token before")
	void acceptedBefore() throws Exception {
		this.fourth.app().login((session) -> {
		});
		this.world.faults().every(KvFault.status(503));
		assertThat(shown(this.fourth, "user")).isEqualTo("octocat");
	}

	@Test
	@DisplayName("P12 a handoff is not believed where KV refuses the token by now, though it does not answer at all then")
	void refusedSince() throws Exception {
		this.fourth.app().login((session) -> {
		});
		this.world.faults().every(KvFault.error(403, 10000, "Authentication error"));
		assertThat(shown(this.fourth, "user")).isEqualTo(503);
		this.world.faults().every(KvFault.status(503));
		assertThat(shown(this.fourth, "user")).isEqualTo(503);
		assertThat(used(this.fourth)).isZero();
	}

}
