package dev.kvsession.sample;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

import dev.kvsession.sample.github.DemoUser;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample without KV: a page that says so, and nobody is logged out.
 */
class OutageTests {

	@Test
	void aSessionThatCannotBeReadIsA503AndStaysALogin() {
		try (SampleStack stack = SampleStack.start("--server.port=0")) {
			HttpBrowser browser = new HttpBrowser(stack.uri());
			browser.logIn(DemoUser.OCTOCAT, "");
			stack.kv().close();
			stack.restartApp();
			HttpResponse<String> response = browser.get("/me");
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
			assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
			assertThat(response.body()).contains("We cannot read sessions just now", "/css/sample.css");
			assertThat(browser.get("/css/sample.css").statusCode()).isEqualTo(200);
			assertThat(browser.get("/api/me").statusCode()).isEqualTo(503);
			assertThat(new HttpBrowser(stack.uri()).get("/").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aReadThatIsRepeatedCountsTwiceWhicheverThreadRepeatsIt() {
		try (SampleStack stack = SampleStack.start("--server.port=0")) {
			HttpBrowser browser = new HttpBrowser(stack.uri());
			browser.logIn(DemoUser.OCTOCAT, "");
			stack.restartApp();
			stack.kv().faults().next(1, KvFault.status(HttpStatus.BAD_GATEWAY.value()));
			assertThat(browser.get("/api/me").body()).contains("\"kvCalls\":2");
			assertThat(browser.get("/api/me").body()).contains("\"kvCalls\":0");
		}
	}

}
