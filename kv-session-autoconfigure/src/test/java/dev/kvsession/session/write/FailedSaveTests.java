package dev.kvsession.session.write;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.WriteMode;
import dev.kvsession.session.web.KvSessionFilter;
import dev.kvsession.test.KvFault;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request whose session KV does not take.
 */
class FailedSaveTests {

	/** The client's first try and its two repetitions. */
	private static final int TRIES = 3;

	private final World world = new World();

	private final SessionRepositoryFilter<KvSession> spring = new SessionRepositoryFilter<>(
			this.world.instance((repository) -> repository.setWriteMode(WriteMode.SYNC)).repository());

	private final KvSessionFilter filter = new KvSessionFilter(new CookieHttpSessionIdResolver(), null);

	private MockHttpServletResponse request(MockHttpServletResponse response) throws Exception {
		this.world.faults().every(KvFault.status(503), KvCallKind.PUT);
		this.filter.doFilter(new MockHttpServletRequest(), response,
				(outer, answer) -> this.spring.doFilter(outer, answer, (request, wrapped) -> {
					((HttpServletRequest) request).getSession().setAttribute("user", "octocat");
					HttpServletResponse inner = (HttpServletResponse) wrapped;
					inner.setHeader("X-Kept", "yes");
					inner.setHeader("ETag", "\"1\"");
					inner.setHeader("Content-Encoding", "gzip");
					inner.setContentLength(5);
					inner.getOutputStream().write("hello".getBytes());
				}));
		return response;
	}

	@Test
	@DisplayName("P3 a save that failed is not tried again by the same request")
	void isTriedOnce() throws Exception {
		assertThat(request(new MockHttpServletResponse()).getStatus()).isEqualTo(503);
		assertThat(this.world.calls(KvCallKind.PUT)).hasSize(TRIES);
	}

	@Test
	void leavesNothingOfTheAnswerThatIsNotSent() throws Exception {
		MockHttpServletResponse response = request(new MockHttpServletResponse());
		assertThat(response.getHeader("ETag")).isNull();
		assertThat(response.getHeader("Content-Encoding")).isNull();
		assertThat(response.getHeader("X-Kept")).isEqualTo("yes");
		assertThat(response.getContentAsString()).doesNotContain("hello").contains("503");
		assertThat(response.getContentLength()).isNotEqualTo(5);
	}

}
