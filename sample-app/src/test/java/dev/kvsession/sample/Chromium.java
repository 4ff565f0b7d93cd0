package dev.kvsession.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Debian's Chromium, driven on a fresh profile.
 */
final class Chromium implements AutoCloseable {

	private static final Path BINARY = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static final String FAULTS = faults();

	private static final Map<String, Object> DESKTOP = screen(1280, 800);

	private static final Map<String, Object> PHONE = screen(390, 844);

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final ChromeDriver driver;

	private final URI base;

	private final FluentWait<WebDriver> patience;

	private Chromium(ChromeDriver driver, URI base) {
		this.driver = driver;
		this.base = base;
		this.patience = new WebDriverWait(driver, PATIENCE).ignoring(NoSuchElementException.class)
			.ignoring(StaleElementReferenceException.class);
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

	/** Appears as another browser, and as if Cloudflare knew its country. */
	void appearAs(String userAgent, String country) {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.setUserAgentOverride", Map.of("userAgent", userAgent));
		this.driver.executeCdpCommand("Network.setExtraHTTPHeaders",
				Map.of("headers", Map.of("CF-IPCountry", country)));
	}

	void click(By element) {
		this.patience.until((browser) -> browser.findElement(element)).click();
	}

	/** Presses a button as somebody without a mouse does. */
	void press(String button) {
		By named = By.xpath("//button[normalize-space()='" + button + "']");
		this.patience.until((browser) -> browser.findElement(named)).sendKeys(Keys.ENTER);
	}

	/**
	 * Waits for a page whose element says something: a click returns while the next page
	 * is on its way.
	 */
	void awaitText(String selector, String text) {
		this.patience.until((browser) -> browser.findElement(By.cssSelector(selector)).getText().contains(text));
	}

	void awaitAddress(String pathAndQuery) {
		this.patience.until((browser) -> browser.getCurrentUrl().equals(this.base.resolve(pathAndQuery).toString()));
	}

	Cookie cookie(String name) {
		return this.driver.manage().getCookieNamed(name);
	}

	/**
	 * Looks at the page as a desktop and as a phone show it, by day and by night: takes a
	 * picture of each, and finds nothing that is hard to read, too wide or without a
	 * name.
	 */
	void look(String name) throws IOException {
		Files.createDirectories(SCREENSHOTS);
		for (String scheme : List.of("light", "dark")) {
			this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
					Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
			look(DESKTOP, name + "-desktop-" + scheme);
			look(PHONE, name + "-phone-" + scheme);
		}
	}

	private static Map<String, Object> screen(int width, int height) {
		return Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false);
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	/** Lets the page's forms send something else than they were made to. */
	void overwrite(String field, String value) {
		this.driver.executeScript(
				"document.getElementsByName(arguments[0]).forEach((one) => { one.value = arguments[1]; })", field,
				value);
	}

	private void look(Map<String, Object> screen, String picture) throws IOException {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", screen);
		Map<String, Object> page = Map.of("x", 0, "y", 0, "width", screen.get("width"), "height",
				this.driver.executeScript("return Math.max(innerHeight, document.documentElement.scrollHeight)"),
				"scale", 1);
		Object taken = this.driver
			.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", page))
			.get("data");
		Files.write(SCREENSHOTS.resolve(picture + ".png"), Base64.getDecoder().decode((String) taken));
		assertThat((List<?>) this.driver.executeScript(FAULTS)).as("faults of %s", picture).isEmpty();
	}

	private static String faults() {
		try (InputStream script = Chromium.class.getResourceAsStream("/accessibility.js")) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
