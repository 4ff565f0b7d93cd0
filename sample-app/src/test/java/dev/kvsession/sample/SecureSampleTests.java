package dev.kvsession.sample;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.kvsession.sample.github.DemoUser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample with {@code --secure}.
 */
class SecureSampleTests {

	@Test
	@DisplayName("P12 nothing that lies in KV shows an id, a user or an attribute, and the pages work as without")
	void aDumpShowsNothing(@TempDir Path folder) throws Exception {
		Map<String, String> properties = SecureSample.properties(new String[] { "--secure" }, folder);
		assertThat(SecureSample.properties(new String[] { "--secure" }, folder)).isEqualTo(properties);
		String[] arguments = properties.entrySet()
			.stream()
			.map((one) -> "--" + one.getKey() + "=" + one.getValue())
			.toArray(String[]::new);
		try (SampleStack stack = SampleStack.start(arguments)) {
			HttpBrowser browser = new HttpBrowser(stack.uri());
			browser.logIn(DemoUser.ADA, "");
			assertThat(browser.get("/me").body()).contains(">ada<", "session:=");
			assertThat(browser.get("/sessions").body()).contains("This device");
			String id = new String(Base64.getDecoder().decode(browser.cookie("SESSION").orElseThrow().getValue()));
			assertThat(id).startsWith("sh.demo.");
			stack.restartApp();
			assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
			List<String> dump = stack.kv()
				.contents()
				.keys("")
				.stream()
				.map((key) -> key + stack.kv().contents().get(key).metadata() + stack.kv().contents().get(key).text())
				.toList();
			assertThat(dump).isNotEmpty()
				.noneMatch((entry) -> entry.contains(id) || entry.contains(id.split("\\.")[4]))
				.noneMatch((entry) -> entry.contains("\"ada\"") || entry.contains("ada@example")
						|| entry.contains("5550123456") || entry.contains("Lovelace"))
				.noneMatch((entry) -> entry.contains("SPRING_SECURITY") || entry.contains("attributes"));
		}
	}

}
