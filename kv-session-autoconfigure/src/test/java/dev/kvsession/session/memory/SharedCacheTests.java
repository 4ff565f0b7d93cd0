package dev.kvsession.session.memory;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.web.FilterChainFixture;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A response that carries a cookie of somebody's session is stored by no cache that
 * others share, whatever the page says.
 */
class SharedCacheTests extends FilterChainFixture {

	private final String id;

	SharedCacheTests() {
		this.app.repository().setHandoffKey(HandoffKey.of("a-secret-that-nobody-may-see-0000", "namespace"));
		this.id = this.app.login((session) -> session.setAttribute("user", "octocat"));
	}

	private MockHttpServletResponse answer(Consumer<HttpServletRequest> application,
			Consumer<HttpServletResponse> headers) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(new Cookie("SESSION", this.id));
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(request, response,
				(inner, answer) -> this.springFilter.doFilter(inner, answer, (servletRequest, servletResponse) -> {
					application.accept((HttpServletRequest) servletRequest);
					headers.accept((HttpServletResponse) servletResponse);
					servletResponse.getWriter().write("x");
					servletResponse.flushBuffer();
				}));
		return response;
	}

	private static void change(HttpServletRequest request) {
		request.getSession().setAttribute("color", "blue");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "public, max-age=60 | private, max-age=60", "max-age=60 | private, max-age=60",
					"Public,S-MaxAge=60 , immutable | private, immutable", "no-cache | private, no-cache",
					"no-cache=\"Set-Cookie, X\", max-age=1 | private, no-cache=\"Set-Cookie, X\", max-age=1",
					"private=\"X-User\", max-age=60 | private, private=\"X-User\", max-age=60",
					"max-age=60, private | max-age=60, private", "no-store | no-store", "PRIVATE | PRIVATE",
					"public, no-store | public, no-store" })
	@DisplayName("P12 a handoff cookie is for no shared cache")
	void handoff(String told, String expected) throws Exception {
		MockHttpServletResponse response = answer(SharedCacheTests::change,
				(answer) -> answer.setHeader("Cache-Control", told));
		assertThat(response.getCookie("SESSION-HANDOFF")).isNotNull();
		assertThat(response.getHeaders("Cache-Control")).containsExactly(expected);
	}

	@Test
	void severalHeadersCountAsOne() throws Exception {
		MockHttpServletResponse response = answer(SharedCacheTests::change, (answer) -> {
			answer.addHeader("Cache-Control", "public");
			answer.addHeader("Cache-Control", "max-age=60");
		});
		assertThat(response.getHeaders("Cache-Control")).containsExactly("private, max-age=60");
	}

	@Test
	@DisplayName("P12 a page that says nothing of caches, and a handoff cookie, are not stored")
	void handoffOnAPageWithoutCacheControl() throws Exception {
		MockHttpServletResponse response = answer(SharedCacheTests::change, (answer) -> {
		});
		assertThat(response.getHeaders("Cache-Control")).containsExactly("no-store");
	}

	@Test
	@DisplayName("P12 a session cookie that is sent again is for no shared cache")
	void renewedCookie() throws Exception {
		this.world.pass(Duration.ofHours(2));
		MockHttpServletResponse response = answer((request) -> request.getSession(false),
				(answer) -> answer.setHeader("Cache-Control", "public, max-age=31536000"));
		assertThat(response.getCookie("SESSION").getValue()).isEqualTo(this.id);
		assertThat(response.getHeaders("Cache-Control")).containsExactly("private, max-age=31536000");
	}

	@ParameterizedTest
	@CsvSource({ "CDN-Cache-Control", "Cloudflare-CDN-Cache-Control", "Surrogate-Control" })
	@DisplayName("P12 what speaks to shared caches alone is overruled")
	void targetedHeaders(String name) throws Exception {
		MockHttpServletResponse response = answer(SharedCacheTests::change, (answer) -> {
			answer.setHeader("Cache-Control", "private");
			answer.setHeader(name, "max-age=60");
		});
		assertThat(response.getHeaders(name)).containsExactly("no-store");
	}

	@Test
	void otherResponsesStayAsTheyAre() throws Exception {
		List<String> told = List.of("public, max-age=60");
		MockHttpServletResponse response = answer((request) -> request.getSession(false),
				(answer) -> answer.setHeader("Cache-Control", told.get(0)));
		assertThat(response.getHeaders("Set-Cookie")).isEmpty();
		assertThat(response.getHeaders("Cache-Control")).isEqualTo(told);
	}

}
