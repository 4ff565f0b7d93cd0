package dev.kvsession.sample;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.session.web.http.CookieSerializer.CookieValue;
import org.springframework.session.web.http.DefaultCookieSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cookie lives as long as the session, whoever sends it.
 */
class SessionLifetimeCookieSerializerTests {

	private static final int FROM_PROPERTIES = 604_800;

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final MockHttpSession session = new MockHttpSession();

	@Test
	void followsTheSession() {
		this.session.setMaxInactiveInterval(2_592_000);
		this.request.setSession(this.session);
		assertThat(maxAgeOf(new CookieValue(this.request, this.response, "id"))).isEqualTo(2_592_000);
	}

	@Test
	void followsTheSessionAlsoWhenSentFromOutsideItsFilter() throws Exception {
		this.session.setMaxInactiveInterval(2_592_000);
		passThroughTheSessionsFilter();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(maxAgeOf(new CookieValue(this.request, this.response, "id"))).isEqualTo(2_592_000);
	}

	@Test
	void keepsThePropertyForASessionThatNeverExpires() {
		this.session.setMaxInactiveInterval(0);
		this.request.setSession(this.session);
		assertThat(maxAgeOf(new CookieValue(this.request, this.response, "id"))).isEqualTo(FROM_PROPERTIES);
	}

	@Test
	void keepsThePropertyWithoutSession() {
		assertThat(maxAgeOf(new CookieValue(this.request, this.response, "id"))).isEqualTo(FROM_PROPERTIES);
	}

	@Test
	void leavesARemovalARemoval() {
		this.session.setMaxInactiveInterval(2_592_000);
		this.request.setSession(this.session);
		assertThat(maxAgeOf(new CookieValue(this.request, this.response, ""))).isZero();
	}

	private int maxAgeOf(CookieValue value) {
		DefaultCookieSerializer stock = new DefaultCookieSerializer();
		stock.setCookieMaxAge(FROM_PROPERTIES);
		new SessionLifetimeCookieSerializer(stock).writeCookieValue(value);
		Cookie cookie = this.response.getCookie("SESSION");
		return cookie.getMaxAge();
	}

	private void passThroughTheSessionsFilter() throws ServletException, IOException {
		HttpSession inside = this.session;
		HttpServletRequest wrapped = new HttpServletRequestWrapper(this.request) {

			@Override
			public HttpSession getSession(boolean create) {
				return inside;
			}

		};
		new SessionRequestFilter().doFilter(wrapped, this.response, new MockFilterChain());
	}

}
