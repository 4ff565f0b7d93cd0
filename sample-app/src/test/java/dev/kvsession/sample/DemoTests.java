package dev.kvsession.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

import dev.kvsession.sample.demo.Demo;
import dev.kvsession.sample.github.DemoUser;
import dev.kvsession.test.KvEmulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README's first command promises: a login outlives the process, whichever way
 * that ends.
 */
class DemoTests {

	private static final Pattern PROCESS = Pattern.compile("id=\"process-number\">(\\d+)<");

	private static final Pattern FORM = Pattern.compile("action=\"([^\"]+/(restart|second))\"");

	private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

	@TempDir
	private Path folder;

	private KvEmulator kv;

	private Demo demo;

	@AfterEach
	void stop() {
		if (this.demo != null) {
			this.demo.close();
		}
		if (this.kv != null) {
			this.kv.close();
		}
	}

	@Test
	void aLoginOutlivesTheCommandThatStartedTheDemo() {
		start("--server.port=0");
		int port = this.demo.uri().getPort();
		HttpBrowser visitor = new HttpBrowser(this.demo.uri());
		visitor.logIn(DemoUser.ADA, "");
		String before = process(visitor.get("/me"));
		stop();
		start("--server.port=" + port);
		HttpResponse<String> page = visitor.get("/me");
		assertThat(page.body()).contains(">ada<").contains("1 view<");
		assertThat(process(page)).isNotEqualTo(before);
	}

	@Test
	void theButtonsRestartTheProcessAndStartAnotherOne() {
		start("--server.port=0");
		HttpBrowser visitor = new HttpBrowser(this.demo.uri());
		visitor.logIn(DemoUser.OCTOCAT, "");
		HttpResponse<String> page = visitor.get("/me");
		HttpResponse<String> after = press("restart", page, visitor);
		assertThat(after.body()).contains(">octocat<", "1 view<");
		assertThat(process(after)).isNotEqualTo(process(page));
		HttpResponse<String> second = press("second", after, visitor);
		assertThat(second.uri().getPort()).isNotEqualTo(this.demo.uri().getPort());
		assertThat(second.body()).contains(">octocat<", "1 view<").doesNotContain("Restart the application</button>");
		assertThat(process(second)).isNotEqualTo(process(after));
	}

	@Test
	void aFormOfAnotherPageRestartsNothing() {
		start("--server.port=0");
		HttpBrowser visitor = new HttpBrowser(this.demo.uri());
		visitor.logIn(DemoUser.OCTOCAT, "");
		HttpResponse<String> page = visitor.get("/me");
		assertThat(visitor.post(address("restart", page), Map.of("token", "guessed")).statusCode()).isEqualTo(403);
		assertThat(visitor.post(address("restart", page), Map.of()).statusCode()).isEqualTo(403);
		assertThat(process(visitor.get("/me"))).isEqualTo(process(page));
	}

	@Test
	void inABrowser() throws IOException {
		Chromium.assumeInstalled();
		start("--server.port=0");
		try (Chromium chromium = Chromium.start(this.folder.resolve("profile"), this.demo.uri())) {
			chromium.open("/me");
			chromium.click(By.cssSelector("button.github"));
			chromium.click(By.cssSelector("button[value=ada]"));
			chromium.awaitText("#username", "ada");
			chromium.look("demo");
			chromium.click(By.xpath("//button[.='Restart the application']"));
			chromium.awaitText("h1", "The application restarts");
			chromium.awaitText("#username", "ada");
			chromium.awaitText("#views", "1 view");
			chromium.overwrite("token", "guessed");
			chromium.click(By.xpath("//button[.='Restart the application']"));
			chromium.awaitText("h1", "This button is too old");
			chromium.look("demo-refused");
			chromium.open("/me");
			chromium.click(By.xpath("//button[.='Open a second instance']"));
			chromium.awaitText("#username", "ada");
			chromium.awaitText("#views", "1 view");
		}
	}

	private void start(String port) {
		this.kv = KvEmulator.start().keepIn(this.folder.resolve("kv.json"));
		this.demo = Demo.start(this.kv.properties(), this.kv.properties(), port);
	}

	/**
	 * Presses a button, and waits on the page it leads to until the application is there.
	 */
	private static HttpResponse<String> press(String button, HttpResponse<String> page, HttpBrowser visitor) {
		Matcher token = TOKEN.matcher(page.body());
		assertThat(token.find()).isTrue();
		String waiting = address(button, page);
		assertThat(URI.create(waiting)
			.resolve(HttpBrowser.location(visitor.post(waiting, Map.of("token", token.group(1))))))
			.hasToString(waiting);
		return Stream.generate(() -> visitor.get(waiting))
			.peek((answer) -> assertThat(answer.body()).doesNotContain("did not start"))
			.filter((answer) -> answer.statusCode() == 302)
			.findFirst()
			.map((answer) -> visitor.get(HttpBrowser.location(answer)))
			.orElseThrow();
	}

	private static String address(String button, HttpResponse<String> page) {
		Matcher forms = FORM.matcher(page.body());
		while (forms.find()) {
			if (forms.group(2).equals(button)) {
				return forms.group(1);
			}
		}
		throw new AssertionError("No button " + button);
	}

	private static String process(HttpResponse<String> page) {
		Matcher process = PROCESS.matcher(page.body());
		assertThat(process.find()).as("process on %s", page.uri()).isTrue();
		return process.group(1);
	}

}
