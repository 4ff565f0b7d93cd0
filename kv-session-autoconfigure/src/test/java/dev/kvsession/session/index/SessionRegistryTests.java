package dev.kvsession.session.index;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;

import dev.kvsession.autoconfigure.server.Logins;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Security's limit on the sessions of a user, with two instances on a KV whose
 * listing is a minute late.
 */
class SessionRegistryTests {

	private final World world = new World();

	private final Instance one = this.world.indexed();

	private final Instance two = this.world.indexed();

	private static SpringSessionBackedSessionRegistry<KvSession> registry(Instance instance) {
		return new SpringSessionBackedSessionRegistry<>(instance.indexed());
	}

	/* What Spring Security does at a login, with one session for each user. */
	private static String login(Instance instance) {
		Authentication ada = Logins.of("ada").getAuthentication();
		new ConcurrentSessionControlAuthenticationStrategy(registry(instance)).onAuthentication(ada,
				new MockHttpServletRequest(), new MockHttpServletResponse());
		return instance.login((session) -> session.setAttribute("SPRING_SECURITY_CONTEXT", Logins.of("ada")));
	}

	private static boolean isExpired(Instance instance, String id) {
		return registry(instance).getSessionInformation(id).isExpired();
	}

	private static List<String> active(Instance instance) {
		return registry(instance).getAllSessions("ada", false).stream().map(SessionInformation::getSessionId).toList();
	}

	@Test
	@DisplayName("P5 a login ends the older session where it is known at once, elsewhere when KV shows it")
	void older() {
		String first = login(this.one);
		assertThat(isExpired(this.one, first)).isFalse();
		String second = login(this.one);
		assertThat(isExpired(this.one, first)).isTrue();
		this.world.settle();
		assertThat(isExpired(this.two, first)).isTrue();
		String third = login(this.two);
		assertThat(active(this.two)).containsExactly(third);
		this.world.settle();
		assertThat(isExpired(this.one, first)).isTrue();
		assertThat(isExpired(this.one, second)).isTrue();
		assertThat(active(this.one)).containsExactly(third);
	}

	@Test
	@DisplayName("two logins within a minute on two instances both stay, until a later one ends them")
	void bothStay() {
		String first = login(this.one);
		String second = login(this.two);
		this.world.settle();
		assertThat(active(this.one)).containsExactlyInAnyOrder(first, second);
		String third = login(this.one);
		this.world.pass(Duration.ofMinutes(10));
		assertThat(active(this.one)).containsExactly(third);
		assertThat(active(this.two)).containsExactly(third);
	}

}
