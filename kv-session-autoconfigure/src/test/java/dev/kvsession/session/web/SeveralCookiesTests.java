package dev.kvsession.session.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import dev.kvsession.session.Instance;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.test.KvCall;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that bring several session ids along.
 */
class SeveralCookiesTests extends FilterChainFixture {

	private final SecureSessionIdGenerator generator = new SecureSessionIdGenerator();

	private String live;

	private Object user;

	/** A session that this instance does not know. */
	@BeforeEach
	void loggedInElsewhere() {
		this.live = this.world.instance().login((session) -> session.setAttribute("user", "octocat"));
		this.world.settle();
		this.world.forgetCalls();
	}

	private MockHttpServletResponse ask(List<String> ids) throws Exception {
		this.user = null;
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(ids.stream().map((id) -> new Cookie("SESSION", id)).toArray(Cookie[]::new));
		return dispatch(request, this::look);
	}

	private void look(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		this.user = (session != null) ? session.getAttribute("user") : null;
	}

	private List<String> dead(int many) {
		return Stream.generate(this.generator::generate).limit(many).toList();
	}

	private List<String> with(List<String> ids, int index, String id) {
		List<String> all = new ArrayList<>(ids);
		all.add(index, id);
		return all;
	}

	@Test
	@DisplayName("P2 a request with a hundred session cookies costs one call for a few of them")
	void aHundred() throws Exception {
		ask(dead(100));
		assertThat(this.user).isNull();
		assertThat(this.world.calls()).singleElement()
			.extracting(KvCall::keys)
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	@DisplayName("P1 a session is found among the first few cookies, in one call")
	void amongTheFirst(int index) throws Exception {
		ask(with(dead(9), index, this.live));
		assertThat(this.user).isEqualTo("octocat");
		assertThat(this.world.calls()).hasSize(1);
	}

	@Test
	@DisplayName("P1 one dead cookie and a live one cost one call")
	void deadThenLive() throws Exception {
		ask(List.of(this.generator.generate(), this.live));
		assertThat(this.user).isEqualTo("octocat");
		assertThat(this.world.calls()).hasSize(1);
		ask(List.of(this.generator.generate(), this.live));
		assertThat(this.user).isEqualTo("octocat");
	}

	@Test
	@DisplayName("P2 malformed ids and such as ended here take no place of the few")
	void free() throws Exception {
		String ended = this.app.login((session) -> session.setAttribute("user", "gone"));
		this.app.delete(ended);
		List<String> ids = new ArrayList<>(List.of("x", "y", "../z", "", "v", ended, ended));
		ids.addAll(dead(3));
		ids.add(this.live);
		ask(ids);
		assertThat(this.user).isEqualTo("octocat");
	}

	@Test
	@DisplayName("P8 if KV cannot be asked for several cookies the request fails once, and keeps them")
	void failure() throws Exception {
		this.world.faults().every(KvFault.status(503));
		Instant begun = this.world.now();
		MockHttpServletResponse response = ask(with(dead(9), 1, this.live));
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getCookies()).isEmpty();
		assertThat(Duration.between(begun, this.world.now())).isLessThan(Duration.ofSeconds(5));
		assertThat(this.world.calls()).hasSizeLessThanOrEqualTo(3);
	}

	@Test
	@DisplayName("P2 what the application itself looks up has no such bound")
	void applicationsOwn() throws Exception {
		List<String> others = new ArrayList<>();
		Instance elsewhere = this.world.instance();
		for (int i = 0; i < 6; i++) {
			others.add(elsewhere.login((session) -> session.setAttribute("user", "other")));
		}
		this.world.settle();
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(new Cookie("SESSION", this.live));
		dispatch(request, (inner) -> {
			look(inner);
			assertThat(others).allSatisfy((id) -> assertThat(this.app.find(id)).isNotNull());
		});
		assertThat(this.user).isEqualTo("octocat");
	}

}
