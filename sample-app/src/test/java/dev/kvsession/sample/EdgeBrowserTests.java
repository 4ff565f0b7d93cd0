package dev.kvsession.sample;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * A real browser on the Worker's pages and, through the Worker, on the app's.
 */
class EdgeBrowserTests {

	/** First, so that nothing is started where there is no browser. */
	@Order(1)
	@RegisterExtension
	static final BeforeAllCallback browser = (context) -> Chromium.assumeInstalled();

	@Order(2)
	@RegisterExtension
	static final EdgeSampleExtension sample = new EdgeSampleExtension();

	@Test
	void aVisitThroughTheWorker(@TempDir Path profile) throws IOException {
		try (Chromium chromium = Chromium.start(profile, sample.front())) {
			chromium.open("/edge");
			chromium.awaitText("[role=status]", "Please log in");
			chromium.click(By.cssSelector("button.github"));
			chromium.click(By.cssSelector("button[value=ada]"));
			chromium.awaitAddress("/edge");
			chromium.awaitText("h1", "Hello ada");
			chromium.look("edge");
			chromium.open(sample.app().uri() + "/me");
			chromium.awaitText("#username", "ada");
			chromium.open("/edge");
			chromium.click(By.linkText("Back to the application"));
			chromium.click(By.xpath("//button[.='Log out']"));
			chromium.awaitAddress("/?signed-out");
			chromium.open("/edge");
			chromium.awaitAddress("/?sign-in");
		}
	}

}
