package dev.kvsession.sample;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * Two real browsers of one user: each sees both sessions, and one signs the other out.
 */
class SessionsBrowserTests {

	private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

	private static final String CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
			+ " Chrome/126.0.0.0 Safari/537.36";

	@TempDir
	private Path profiles;

	@BeforeEach
	void browserIsInstalled() {
		Chromium.assumeInstalled();
	}

	@Test
	void oneSignsTheOtherOut() throws IOException {
		try (SampleStack stack = SampleStack.start("--server.port=0");
				Chromium there = logIn("there", stack, FIREFOX);
				Chromium here = logIn("here", stack, CHROME)) {
			here.click(By.linkText("All your sessions"));
			here.awaitText(".sessions li:nth-child(1)", "This device");
			here.awaitText(".sessions li:nth-child(2)", "Firefox on Linux");
			here.awaitText(".sessions li:nth-child(2)", "New Zealand");
			here.look("sessions");
			here.overwrite("handle", "guessed");
			here.press("Sign out");
			here.awaitText("h1", "That was not allowed");
			here.look("sessions-refused");
			here.open("/sessions");
			here.press("Sign out");
			here.awaitText("[role=status]", "That session is signed out");
			there.open("/sessions");
			there.awaitAddress("/?sign-in");
			there.awaitText("button", "Continue with GitHub");
		}
	}

	@Test
	void oneSignsOutEverywhereElse() throws IOException {
		try (SampleStack stack = SampleStack.start("--server.port=0");
				Chromium there = logIn("there", stack, FIREFOX);
				Chromium here = logIn("here", stack, CHROME)) {
			here.open("/sessions");
			here.press("Sign out everywhere else");
			here.awaitText("[role=status]", "end within about four minutes");
			here.look("sessions-ended");
			there.open("/me");
			there.awaitAddress("/?sign-in");
			here.open("/me");
			here.awaitText("#username", "octocat");
		}
	}

	private Chromium logIn(String profile, SampleStack stack, String userAgent) {
		Chromium chromium = Chromium.start(this.profiles.resolve(profile), stack.uri());
		chromium.appearAs(userAgent, "NZ");
		chromium.open("/me");
		chromium.click(By.cssSelector("button.github"));
		chromium.click(By.cssSelector("button[value=octocat]"));
		chromium.awaitAddress("/me");
		return chromium;
	}

}
