package dev.kvsession.sample;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.kvsession.sample.github.DemoUser;
import dev.kvsession.test.kv.KvCallKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the whole is for: the sample against a server that speaks the KV REST API, from
 * its start to a stolen cookie.
 */
class AcceptanceTests {

	@Test
	@DisplayName("P13 P1 P5 start, login, a thousand requests, logout, stolen cookie")
	void oneVisit() {
		try (SampleStack stack = SampleStack.start("--server.port=0")) {
			assertThat(stack.kv().log().calls()).as("calls of the start").isEmpty();

			HttpBrowser visitor = new HttpBrowser(stack.uri());
			visitor.logIn(DemoUser.OCTOCAT, "");
			assertThat(stack.kv().contents().keys("session:")).hasSize(1);

			stack.kv().log().clear();
			for (int i = 0; i < 1000; i++) {
				assertThat(visitor.get("/api/me").statusCode()).isEqualTo(200);
			}
			assertThat(stack.kv().log().count()).as("calls of a thousand requests").isLessThanOrEqualTo(5);

			HttpBrowser thief = new HttpBrowser(stack.uri());
			thief.take(visitor.cookie("SESSION").orElseThrow());
			assertThat(thief.get("/api/me").statusCode()).isEqualTo(200);
			visitor.logOut();
			assertThat(stack.kv().contents().keys("session:")).isEmpty();
			assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
			assertThat(stack.kv().contents().keys("session:")).isEmpty();
			assertThat(stack.kv().contents().keys("session-gone:")).isNotEmpty();
		}
	}

	@Test
	void bothAppAndVisitorSurviveARestart() {
		try (SampleStack stack = SampleStack.start("--server.port=0")) {
			HttpBrowser visitor = new HttpBrowser(stack.uri());
			visitor.logIn(DemoUser.ADA, "");
			stack.kv().log().clear();
			stack.restartApp();
			assertThat(visitor.get("/api/me").body()).contains("\"githubUsername\":\"ada\"");
			assertThat(stack.kv().log().calls()).singleElement()
				.satisfies((call) -> assertThat(call.kind()).isEqualTo(KvCallKind.BULK_GET));
		}
	}

}
