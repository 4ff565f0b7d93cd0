package dev.kvsession.session.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose cookie is sent again, when two requests use one session at the same time.
 */
class CookieRenewalTests {

	private final World world = new World();

	private final Instance app = this.world.instance();

	private final Renewals request = new Renewals();

	private final String id = this.app.login((session) -> session.setAttribute("user", "octocat"));

	private KvSession openLate() {
		this.world.pass(Duration.ofHours(2));
		return this.app.find(this.id);
	}

	private void finish(KvSession session) {
		SessionRequest previous = SessionRequest.bind(this.request);
		session.setLastAccessedTime(this.world.now());
		this.app.save(session);
		SessionRequest.bind(previous);
	}

	@Test
	@DisplayName("P1 a due touch renews the cookie")
	void ofALiveSession() {
		finish(openLate());
		assertThat(this.request.renewed).containsExactly(this.id);
	}

	@Test
	@DisplayName("P5 a touch after a change of id does not put the old cookie over the new one")
	void afterAChangeOfId() {
		KvSession slow = openLate();
		KvSession login = this.app.find(this.id);
		login.changeSessionId();
		this.app.save(login);
		finish(slow);
		assertThat(this.request.renewed).isEmpty();
	}

	@Test
	@DisplayName("P5 a touch after a logout does not bring the cookie back")
	void afterALogout() {
		KvSession slow = openLate();
		this.app.delete(this.id);
		finish(slow);
		assertThat(this.request.renewed).isEmpty();
	}

	private static final class Renewals extends SessionRequest {

		@Override
		public boolean mayChangeId(Duration interval) {
			return true;
		}

		@Override
		public boolean isSafe() {
			return true;
		}

		private final List<String> renewed = new ArrayList<>();

		@Override
		public boolean isErrorDispatch() {
			return false;
		}

		@Override
		public void saved(Duration interval, Duration lifetime) {
		}

		@Override
		public void renewed(String id, Duration interval, Duration lifetime) {
			this.renewed.add(id);
		}

		@Override
		public List<String> handoffCookies() {
			return List.of();
		}

		@Override
		public boolean sendHandoff(IntFunction<String> sealed) {
			return false;
		}

		@Override
		public void clearHandoff() {
		}

	}

}
