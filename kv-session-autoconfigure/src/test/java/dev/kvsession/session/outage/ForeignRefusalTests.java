package dev.kvsession.session.outage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvException;
import dev.kvsession.client.KvForeignRefusalException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.World;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Something in between refuses everything, with whatever status and words: an outage.
 */
class ForeignRefusalTests {

	private static final String JSON = "application/json";

	private final World world = new World();

	private final Instance app = this.world.instance();

	static Stream<KvFault> refusals() {
		List<KvFault> refusals = new ArrayList<>();
		for (int status : new int[] { 400, 401, 403, 404, 405, 407, 413, 414, 429, 500, 502, 503 }) {
			refusals.add(KvFault.status(status));
			refusals.add(KvFault.html(status));
			refusals.add(KvFault.foreign(status, "text/plain", "404 page not found"));
			refusals.add(KvFault.foreign(status, "text/plain", "RBAC: access denied"));
			refusals.add(KvFault.foreign(status, JSON, "{\"message\":\"no Route matched with those values\"}"));
			refusals.add(KvFault.foreign(status, JSON, "{\"success\":false,\"errors\":[{\"code\":0}]}"));
			refusals.add(KvFault.foreign(status, JSON, "{\"success\":true,\"errors\":[{\"code\":10009}]}"));
			refusals.add(KvFault.foreign(status, JSON, "{\"success\":false,\"errors\":[{\"code\":\"10000\"}]}"));
			refusals.add(KvFault.foreign(status, JSON, "{\"errors\":[{\"code\":10000,\"message\":\"x\"}]}"));
		}
		return refusals.stream();
	}

	@ParameterizedTest
	@MethodSource("refusals")
	@DisplayName("P11 whatever something in between answers is an outage: known sessions, changes and logins go on, without calls")
	void isAnOutage(KvFault refusal) {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		this.world.faults().every(refusal);
		this.world.pass(Duration.ofMinutes(6));
		for (int i = 0; i < 20; i++) {
			this.world.pass(Duration.ofSeconds(5));
			assertThat(this.app.find(id).<String>getAttribute("a")).isEqualTo("1");
		}
		assertThat(this.app.engine().status().circuit()).isNotEqualTo(KvEngineStatus.Circuit.CLOSED);
		this.world.forgetCalls();
		String login = this.app.login((session) -> session.setAttribute("c", "1"));
		for (int i = 0; i < 20; i++) {
			this.app.change(id, "b" + i, "x");
		}
		assertThat(this.world.calls()).isEmpty();
		assertThat(this.app.find(login).<String>getAttribute("c")).isEqualTo("1");
		this.world.pass(Duration.ofHours(1));
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.record(id).attributes()).hasSize(21);
		assertThat(this.world.record(login).attributes()).containsOnlyKeys("c");
		assertThat(this.app.repository().getPendingWrites()).isZero();
	}

	@ParameterizedTest
	@MethodSource("refusals")
	@DisplayName("P5 no answer of something in between counts as a delete done: the logout reaches KV later")
	void isNoDelete(KvFault refusal) {
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.settle();
		this.world.faults().every(refusal, KvCallKind.DELETE, KvCallKind.BULK_DELETE);
		try {
			this.app.delete(id);
		}
		catch (KvException ex) {
			assertThat(ex).isInstanceOf(KvForeignRefusalException.class);
		}
		this.world.pass(Duration.ofHours(1));
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.truth(id)).isNull();
		assertThat(this.app.find(id)).isNull();
	}

	@ParameterizedTest
	@MethodSource("refusals")
	@DisplayName("P11 where only logins are made, something in between that refuses them is noticed at the first")
	void whereOnlyLoginsAreMade(KvFault refusal) {
		for (int i = 0; i < 20; i++) {
			this.app.login((session) -> session.setAttribute("a", "1"));
		}
		this.world.settle();
		this.world.faults().every(refusal);
		tryToLogIn();
		this.world.pass(Duration.ofSeconds(12));
		String id = this.app.login((session) -> session.setAttribute("a", "1"));
		this.world.faults().clear();
		this.world.settle();
		assertThat(this.world.record(id).attributes()).containsOnlyKeys("a");
	}

	private void tryToLogIn() {
		try {
			this.app.login((session) -> session.setAttribute("a", "1"));
		}
		catch (KvException ex) {
			assertThat(ex.retryAfter()).isLessThan(Duration.ofMinutes(1));
		}
	}

}
