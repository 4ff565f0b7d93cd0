package dev.kvsession.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What differs outside the development profile.
 */
class ProductionTests {

	@Test
	void theSessionCookieIsSecure() {
		try (SampleStack stack = SampleStack.start("--server.port=0", "--spring.profiles.active=")) {
			var response = new HttpBrowser(stack.uri()).get("/oauth2/authorization/github");
			assertThat(HttpBrowser.setCookies(response, "SESSION")).singleElement()
				.asString()
				.contains("Secure", "HttpOnly", "SameSite=Lax");
		}
	}

}
