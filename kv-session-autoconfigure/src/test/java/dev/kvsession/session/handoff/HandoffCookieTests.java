package dev.kvsession.session.handoff;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.HeaderHttpSessionIdResolver;
import org.springframework.session.web.http.HttpSessionIdResolver;

import dev.kvsession.session.web.HandoffCookie;
import dev.kvsession.session.web.HandoffCookies;

import static org.assertj.core.api.Assertions.assertThat;

class HandoffCookieTests {

	private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	private static final InstantSource CLOCK = InstantSource.fixed(NOW);

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private static HandoffCookies cookies(CookieSerializer serializer) {
		CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();
		ids.setCookieSerializer(serializer);
		return new HandoffCookies(ids, CLOCK);
	}

	private boolean send(HandoffCookies cookies, String value) {
		return cookies.send(this.request, this.response, (room) -> value);
	}

	@Test
	void standsBesideTheSessionCookie() {
		assertThat(send(cookies(new DefaultCookieSerializer()), "abc")).isTrue();
		assertThat(this.response.getHeaders("Set-Cookie")).singleElement()
			.asString()
			.startsWith("SESSION-HANDOFF=abc;")
			.contains("; Max-Age=120", "; Path=/;", "; SameSite=Lax", "; HttpOnly")
			.doesNotContain("Secure", "Domain");
		assertThat(this.request.getAttributeNames().hasMoreElements()).isFalse();
	}

	@Test
	void writesOnlyWhatItTakesOverAndItsOwn() {
		HandoffCookie cookie = HandoffCookie
			.besides("SESSION=a=b; Path=/; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; Odd=1");
		assertThat(cookie.lasting("abc", NOW)).isEqualTo(
				"SESSION-HANDOFF=abc; Max-Age=120; Expires=Mon, 30 Nov 2026 12:02:00 GMT; Path=/; Secure; HttpOnly");
		assertThat(cookie.clearing())
			.isEqualTo("SESSION-HANDOFF=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Secure; HttpOnly");
	}

	@Test
	void goesWhereTheSessionCookieGoes() {
		DefaultCookieSerializer serializer = new DefaultCookieSerializer();
		serializer.setCookieName("__Secure-LOGIN");
		serializer.setCookiePath("/shop");
		serializer.setDomainName("example.com");
		serializer.setSameSite("None");
		serializer.setPartitioned(true);
		serializer.setCookieMaxAge(600);
		serializer.setUseHttpOnlyCookie(false);
		this.request.setSecure(true);
		send(cookies(serializer), "abc");
		assertThat(this.response.getHeaders("Set-Cookie")).singleElement()
			.asString()
			.startsWith("__Secure-LOGIN-HANDOFF=abc;")
			.contains("; Max-Age=120", "; Domain=example.com", "; Path=/shop", "; Secure", "; SameSite=None",
					"; Partitioned", "; HttpOnly");
	}

	@Test
	@DisplayName("a session cookie without SameSite has a handoff cookie without it")
	void hasNoSameSiteWhereTheSessionCookieHasNone() {
		DefaultCookieSerializer serializer = new DefaultCookieSerializer();
		serializer.setSameSite(null);
		send(cookies(serializer), "abc");
		assertThat(this.response.getHeader("Set-Cookie")).doesNotContainIgnoringCase("SameSite");
	}

	@Test
	@DisplayName("Java's own CookieManager sends back what it was sent")
	void javasCookieManagerObeys() throws IOException {
		send(cookies(new DefaultCookieSerializer()), "abc");
		CookieManager jar = new CookieManager();
		URI uri = URI.create("http://127.0.0.1/");
		jar.put(uri, Map.of("Set-Cookie", this.response.getHeaders("Set-Cookie")));
		assertThat(jar.get(uri, Map.of())).containsEntry("Cookie", List.of("SESSION-HANDOFF=abc"));
		cookies(new DefaultCookieSerializer()).clear(this.request, this.response);
		jar.put(uri, Map.of("Set-Cookie", this.response.getHeaders("Set-Cookie")));
		assertThat(jar.get(uri, Map.of()).getOrDefault("Cookie", List.of())).isEmpty();
	}

	@Test
	void followsASerializerThatAddsACookieObject() {
		send(new HandoffCookies(new CookieObjects(), CLOCK), "abc");
		assertThat(this.response.getHeaders("Set-Cookie")).singleElement()
			.asString()
			.startsWith("OWN-HANDOFF=abc;")
			.contains("; Max-Age=120", "; Path=/own", "; Secure", "; HttpOnly")
			.doesNotContain("Secure=", "SameSite");
	}

	@Test
	void replacesItsOwnEarlierHeaderOnly() {
		HandoffCookies cookies = cookies(new DefaultCookieSerializer());
		this.response.addHeader("Set-Cookie", "before=1; Path=/");
		send(cookies, "first");
		this.response.addHeader("Set-Cookie", "after=1; Path=/");
		send(cookies, "second");
		assertThat(this.response.getHeaders("Set-Cookie")).hasSize(3)
			.anyMatch((header) -> header.startsWith("before=1"))
			.anyMatch((header) -> header.startsWith("after=1"))
			.anyMatch((header) -> header.startsWith("SESSION-HANDOFF=second"));
	}

	@Test
	void clears() {
		HandoffCookies cookies = cookies(new DefaultCookieSerializer());
		send(cookies, "abc");
		cookies.clear(this.request, this.response);
		assertThat(this.response.getHeaders("Set-Cookie")).singleElement()
			.asString()
			.startsWith("SESSION-HANDOFF=;")
			.contains("Max-Age=0", "Path=/");
	}

	@Test
	void isNotSentWhereIdsTravelInHeaders() {
		assertThat(send(new HandoffCookies(HeaderHttpSessionIdResolver.xAuthToken(), CLOCK), "abc")).isFalse();
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	@Test
	void isNotSentWhenTheAnswerIsOnItsWay() {
		this.response.setCommitted(true);
		assertThat(send(cookies(new DefaultCookieSerializer()), "abc")).isFalse();
		cookies(new DefaultCookieSerializer()).clear(this.request, this.response);
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	@Test
	void staysWithinItsLength() {
		int[] given = new int[1];
		cookies(new DefaultCookieSerializer()).send(this.request, this.response, (room) -> {
			given[0] = room;
			return "x".repeat(room);
		});
		assertThat(given[0]).isBetween(3400, 3584);
		assertThat(this.response.getCookie("SESSION-HANDOFF").getValue()).hasSize(given[0]);
		String attributes = HandoffCookie.besides("SESSION=id; Path=/; HttpOnly; SameSite=Lax").lasting("", NOW);
		assertThat(given[0] + attributes.length()).isEqualTo(3584);
	}

	@Test
	void takesAFewOfItsNameAndNoneTooLong() {
		assertThat(received()).isEmpty();
		this.request.setCookies(new Cookie("SESSION", "id"), new Cookie("SESSION-HANDOFF", "x".repeat(3585)),
				new Cookie("SESSION-HANDOFF", "1"), new Cookie("SESSION-HANDOFF", "2"),
				new Cookie("SESSION-HANDOFF", "3"), new Cookie("SESSION-HANDOFF", "4"),
				new Cookie("SESSION-HANDOFF", "5"));
		assertThat(received()).containsExactly("1", "2", "3", "4");
	}

	@Test
	void takesWhatAClientHasPutInQuotes() {
		this.request.setCookies(new Cookie("SESSION-HANDOFF", "\"abc\""), new Cookie("SESSION-HANDOFF", "\""));
		assertThat(received()).containsExactly("abc", "\"");
	}

	@Test
	void isNotCrowdedOutByOthersWithItsSuffix() {
		this.request.setCookies(new Cookie("A-HANDOFF", "1"), new Cookie("B-HANDOFF", "2"),
				new Cookie("C-HANDOFF", "3"), new Cookie("D-HANDOFF", "4"), new Cookie("SESSION-HANDOFF", "5"));
		assertThat(received()).containsExactly("5");
	}

	private List<String> received() {
		HandoffCookies cookies = cookies(new DefaultCookieSerializer());
		return HandoffCookies.received(cookies.hide(this.request, this.response));
	}

	/**
	 * Sends ids as some applications do.
	 */
	private static final class CookieObjects implements HttpSessionIdResolver {

		@Override
		public List<String> resolveSessionIds(HttpServletRequest request) {
			return List.of();
		}

		@Override
		public void setSessionId(HttpServletRequest request, HttpServletResponse response, String id) {
			Cookie cookie = new Cookie("OWN", id);
			cookie.setPath("/own");
			cookie.setSecure(true);
			cookie.setMaxAge(7);
			response.addCookie(cookie);
		}

		@Override
		public void expireSession(HttpServletRequest request, HttpServletResponse response) {
		}

	}

}
