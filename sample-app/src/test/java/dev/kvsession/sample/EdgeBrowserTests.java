package dev.kvsession.sample;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.springframework.test.util.TestSocketUtils;

import dev.kvsession.test.EdgeWorkerExtension;

/**
 * A real browser on the Worker's pages and, through the Worker, on the app's.
 */
class EdgeBrowserTests {

	private static final String APP = "http://localhost:" + TestSocketUtils.findAvailableTcpPort();

	@RegisterExtension
	static final EdgeWorkerExtension edge = new EdgeWorkerExtension(EdgeSample.WORKER_OF_A_MODULE,
			Map.of("ORIGIN", APP));

	@Test
	void aVisitThroughTheWorker(@TempDir Path profile) throws IOException {
		Chromium.assumeInstalled();
		String port = "--server.port=" + URI.create(APP).getPort();
		URI front = EdgeSample.onLocalhost(edge.worker());
		try (SampleApp app = SampleApp.start(edge.worker().properties(), port);
				Chromium chromium = Chromium.start(profile, front)) {
			chromium.open("/edge");
			chromium.awaitText("[role=status]", "Please log in");
			chromium.click(By.cssSelector("button.github"));
			chromium.click(By.cssSelector("button[value=ada]"));
			chromium.awaitAddress("/edge");
			chromium.awaitText("h1", "Hello ada");
			chromium.screenshots("edge");
			chromium.open(app.uri() + "/me");
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
