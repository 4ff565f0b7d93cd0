package dev.kvsession.sample;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Debian's Chromium, driven on a fresh profile.
 */
final class Chromium implements AutoCloseable {

	private static final Path BINARY = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static final Map<String, Object> DESKTOP = screen(1280, 800);

	private static final Map<String, Object> PHONE = screen(390, 844);

	private final ChromeDriver driver;

	private final URI base;

	private Chromium(ChromeDriver driver, URI base) {
		this.driver = driver;
		this.base = base;
	}

	/**
	 * Skips the test on a machine without browser; on a build server that is a failure.
	 */
	static void assumeInstalled() {
		boolean installed = Files.isExecutable(BINARY) && Files.isExecutable(DRIVER);
		if ("true".equals(System.getenv("CI"))) {
			assertThat(installed).as("%s and %s are installed, as CI=true demands", BINARY, DRIVER).isTrue();
		}
		assumeThat(installed).as("%s and %s are installed", BINARY, DRIVER).isTrue();
	}

	static Chromium start(Path profile, URI base) {
		// Named, so that Selenium does not go looking for a driver to download.
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
		ChromeOptions options = new ChromeOptions().setBinary(BINARY.toFile())
			.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
					"--disable-background-networking", "--disable-component-update", "--disable-sync",
					"--disable-default-apps", "--no-first-run", "--hide-scrollbars", "--user-data-dir=" + profile);
		return new Chromium(new ChromeDriver(service, options), base);
	}

	void open(String path) {
		this.driver.get(this.base.resolve(path).toString());
	}

	/** Clicks, and waits for the page it may lead to: WebDriver does that itself. */
	void click(By element) {
		this.driver.findElement(element).click();
	}

	String text(String selector) {
		return this.driver.findElement(By.cssSelector(selector)).getText();
	}

	URI address() {
		return URI.create(this.driver.getCurrentUrl());
	}

	Cookie cookie(String name) {
		return this.driver.manage().getCookieNamed(name);
	}

	/** Takes the page as a desktop and as a phone show it, by day and by night. */
	void screenshots(String name) throws IOException {
		Files.createDirectories(SCREENSHOTS);
		for (String scheme : List.of("light", "dark")) {
			this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
					Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
			take(DESKTOP, name + "-desktop-" + scheme + ".png");
			take(PHONE, name + "-phone-" + scheme + ".png");
		}
	}

	private static Map<String, Object> screen(int width, int height) {
		return Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false);
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	private void take(Map<String, Object> screen, String file) throws IOException {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", screen);
		Files.write(SCREENSHOTS.resolve(file), this.driver.getScreenshotAs(OutputType.BYTES));
	}

}
