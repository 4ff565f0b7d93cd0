package dev.kvsession.session.web;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

import dev.kvsession.session.Instance;
import dev.kvsession.session.World;
import dev.kvsession.session.protection.ProtectionMode;
import dev.kvsession.session.protection.SessionProtection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session's id is changed to one that fits today's keys only where the browser gets it.
 */
class IdRenewalTests {

	private static final Duration TOUCHED_AGAIN = Duration.ofHours(2);

	private final World world = new World();

	private final FilteredInstance signing = new FilteredInstance(
			this.world.instance((repository) -> repository.setProtection(SessionProtection.in("namespace")
				.withSignedIds(List.of("a:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="), ProtectionMode.WRITE))));

	@Test
	@DisplayName("P5 a touch by the Worker, whose answer the browser may not get, keeps the id; a page changes it")
	void touchesKeepTheId() throws Exception {
		Instance plain = this.world.instance();
		String touched = plain.login((session) -> session.setAttribute("user", "ada"));
		String seen = plain.login((session) -> session.setAttribute("user", "ada"));
		this.world.pass(TOUCHED_AGAIN);
		assertThat(sent("HEAD", touched).getValue()).isEqualTo(touched);
		assertThat(sent("GET", seen).getValue()).startsWith("s.a.");
	}

	private Cookie sent(String method, String id) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/touch");
		request.setCookies(new Cookie("SESSION", id));
		return this.signing.answer(request, (application) -> application.getSession(false)).getCookie("SESSION");
	}

}
