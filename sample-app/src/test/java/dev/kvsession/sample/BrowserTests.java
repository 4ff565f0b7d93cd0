package dev.kvsession.sample;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole path in a real browser. Its screenshots are in target/screenshots.
 */
class BrowserTests {

	private SampleStack stack;

	private Chromium chromium;

	@BeforeEach
	void start(@TempDir Path profile) {
		Chromium.assumeInstalled();
		this.stack = SampleStack.start("--server.port=0");
		this.chromium = Chromium.start(profile, this.stack.uri());
	}

	@AfterEach
	void stop() {
		if (this.chromium != null) {
			this.chromium.close();
		}
		if (this.stack != null) {
			this.stack.close();
		}
	}

	@Test
	void aLoginSurvivesARestartAndALogoutEndsIt() throws IOException {
		logIn();
		this.stack.restartApp();
		this.chromium.open("/me");
		this.chromium.awaitText("#username", "octocat");
		this.chromium.awaitText("#kv-calls", "1 KV call");
		this.chromium.open("/me");
		this.chromium.awaitText("#kv-calls", "0 KV calls");
		this.chromium.look("me");
		this.chromium.open("/");
		this.chromium.awaitText("h1", "Hello, octocat");
		this.chromium.look("home-logged-in");
		this.chromium.click(By.xpath("//button[.='Log out']"));
		this.chromium.awaitText("[role=status]", "You are logged out");
		this.chromium.look("logged-out");
		assertThat(this.chromium.cookie("SESSION")).isNull();
		this.chromium.open("/me");
		this.chromium.awaitAddress("/?sign-in");
		this.chromium.awaitText("button", "Continue with GitHub");
	}

	@Test
	void denyingLeadsToAPageThatSaysSo() throws IOException {
		this.chromium.open("/");
		this.chromium.click(By.cssSelector("button.github"));
		this.chromium.click(By.name("deny"));
		this.chromium.awaitText("h1", "You did not let us in");
		this.chromium.look("denied");
	}

	@Test
	void anOutageIsSaidOnAPage() throws IOException {
		this.chromium.open("/");
		this.chromium.click(By.cssSelector("button.github"));
		this.chromium.click(By.cssSelector("button[value=ada]"));
		this.chromium.awaitAddress("/me");
		this.stack.kv().close();
		this.stack.restartApp();
		this.chromium.open("/me");
		this.chromium.awaitText("h1", "We cannot read sessions just now");
		this.chromium.look("unavailable");
		assertThat(this.chromium.cookie("SESSION")).isNotNull();
	}

	private void logIn() throws IOException {
		this.chromium.open("/");
		this.chromium.look("home");
		this.chromium.click(By.name("remember"));
		this.chromium.click(By.cssSelector("button.github"));
		this.chromium.awaitText("h1", "Who are you today?");
		this.chromium.look("stand-in");
		this.chromium.click(By.cssSelector("button[value=octocat]"));
		this.chromium.awaitAddress("/me");
		this.chromium.awaitText("#expires-in", "30 days");
		Cookie cookie = this.chromium.cookie("SESSION");
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getSameSite()).isEqualTo("Lax");
		this.chromium.open("/no-such-page");
		this.chromium.awaitText("h1", "There is nothing here");
		this.chromium.look("not-found");
	}

}
