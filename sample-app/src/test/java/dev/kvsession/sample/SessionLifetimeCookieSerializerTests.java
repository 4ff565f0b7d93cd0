package dev.kvsession.sample;

import java.time.Duration;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieSerializer.CookieValue;
import org.springframework.session.web.http.DefaultCookieSerializer;

import dev.kvsession.session.KvSessionFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cookie lives as long as the session.
 */
class SessionLifetimeCookieSerializerTests {

	private static final int FROM_PROPERTIES = 604_800;

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void followsTheSession() {
		savedWith(Duration.ofDays(30));
		assertThat(maxAgeOf("id")).isEqualTo(2_592_000);
	}

	@Test
	void keepsThePropertyForASessionThatNeverExpires() {
		savedWith(Duration.ZERO);
		assertThat(maxAgeOf("id")).isEqualTo(FROM_PROPERTIES);
	}

	@Test
	void keepsThePropertyForASessionItDoesNotKnow() {
		assertThat(maxAgeOf("id")).isEqualTo(FROM_PROPERTIES);
	}

	@Test
	void leavesARemovalARemoval() {
		savedWith(Duration.ofDays(30));
		assertThat(maxAgeOf("")).isZero();
	}

	private void savedWith(Duration interval) {
		this.request.setAttribute(KvSessionFilter.MAX_INACTIVE_INTERVAL_ATTRIBUTE, interval);
	}

	private int maxAgeOf(String id) {
		DefaultCookieSerializer stock = new DefaultCookieSerializer();
		stock.setCookieMaxAge(FROM_PROPERTIES);
		new SessionLifetimeCookieSerializer(stock).writeCookieValue(new CookieValue(this.request, this.response, id));
		Cookie cookie = this.response.getCookie("SESSION");
		return cookie.getMaxAge();
	}

}
