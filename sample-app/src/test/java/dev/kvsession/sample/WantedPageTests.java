package dev.kvsession.sample;

import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.sample.github.DemoUser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a login leads that began at another page, such as one at the edge.
 */
class WantedPageTests {

	private static SampleStack stack;

	private HttpBrowser browser;

	@BeforeAll
	static void start() {
		stack = SampleStack.start("--server.port=0");
	}

	@BeforeEach
	void visit() {
		this.browser = new HttpBrowser(stack.uri());
	}

	@AfterAll
	static void stop() {
		stack.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/edge", "/edge?a=1&b=%2F%20", "/", "/@evil.example" })
	void aPageOfThisHostIsShownAfterTheLogin(String next) {
		assertThat(HttpBrowser.location(ask(next))).isEqualTo(stack.uri() + "/?sign-in");
		assertThat(HttpBrowser.location(this.browser.logIn(DemoUser.ADA, ""))).isEqualTo(stack.uri() + next);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "edge", "//evil.example", "/\\evil.example", "https://evil.example/", "/a\r\nb",
			"/a b", "/é", "/%zz", "/a%", "/%2", "javascript:alert(1)", "/\t/evil.example", "\\/evil.example" })
	void whatIsNoPageOfThisHostIsForgotten(String next) {
		assertThat(ask(next).headers().allValues("Set-Cookie")).isEmpty();
		assertThat(HttpBrowser.location(this.browser.logIn(DemoUser.ADA, ""))).isEqualTo(stack.uri() + "/me");
	}

	/** As the Worker has it. */
	@Test
	void aLongPathIsAPageAndALongerOneIsNot() {
		String longest = "/" + "a".repeat(2047);
		assertThat(HttpBrowser.location(ask(longest))).endsWith("/?sign-in");
		assertThat(HttpBrowser.location(this.browser.logIn(DemoUser.ADA, ""))).isEqualTo(stack.uri() + longest);
		this.browser.logOut();
		assertThat(ask(longest + "a").headers().allValues("Set-Cookie")).isEmpty();
	}

	@Test
	void aWantedPageIsShownOnce() {
		ask("/edge");
		assertThat(HttpBrowser.location(this.browser.logIn(DemoUser.ADA, ""))).endsWith("/edge");
		this.browser.logOut();
		assertThat(HttpBrowser.location(this.browser.logIn(DemoUser.ADA, ""))).endsWith("/me");
	}

	/** The first is {@code /%zz}, the second no Base64. */
	@ParameterizedTest
	@ValueSource(strings = { "LyV6eg==", "%" })
	void aForgedCookieBarsNobodysWay(String forged) {
		this.browser.take(new HttpCookie("REDIRECT_URI", forged));
		assertThat(this.browser.get("/").statusCode()).isEqualTo(200);
		this.browser.take(new HttpCookie("REDIRECT_URI", forged));
		assertThat(HttpBrowser.location(this.browser.logIn(DemoUser.ADA, ""))).isEqualTo(stack.uri() + "/me");
	}

	/** A page at the edge may not know the session yet and would send back at once. */
	@Test
	void whoIsLoggedInIsNotSentInCircles() {
		this.browser.logIn(DemoUser.ADA, "");
		assertThat(HttpBrowser.location(ask("/edge"))).endsWith("/?sign-in");
		assertThat(this.browser.get("/?sign-in").body()).contains("You are logged in. The page", "Hello, ada")
			.doesNotContain("Please log in");
	}

	private HttpResponse<String> ask(String next) {
		return this.browser.get("/login?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
	}

}
