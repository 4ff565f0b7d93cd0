package dev.kvsession.sample;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A variable of application.yaml that is not set stops the start, which says its name.
 */
@ExtendWith(OutputCaptureExtension.class)
class RequiredSettingsTests {

	private static final Map<String, String> VARIABLES = Map.of("CLOUDFLARE_KV_ACCOUNT_ID",
			"023e105f4ecef8ad9ca31a8372d0c353", "CLOUDFLARE_KV_NAMESPACE_ID", "0f2ac74b498b48028cb68387c421e279",
			"CLOUDFLARE_KV_API_TOKEN", "a-token-that-nobody-may-see", "GITHUB_CLIENT_ID", "an-id-that-nobody-may-see",
			"GITHUB_CLIENT_SECRET", "a-secret-that-nobody-may-see");

	private static void start(Map<String, String> variables) {
		new SpringApplicationBuilder(SampleApplication.class)
			.run(variables.entrySet()
				.stream()
				.map((variable) -> "--" + variable.getKey() + "=" + variable.getValue())
				.toArray(String[]::new))
			.close();
	}

	@ParameterizedTest
	@CsvSource({ "CLOUDFLARE_KV_ACCOUNT_ID,cloudflare.kv.account-id",
			"CLOUDFLARE_KV_NAMESPACE_ID,cloudflare.kv.namespace-id", "CLOUDFLARE_KV_API_TOKEN,cloudflare.kv.api-token",
			"GITHUB_CLIENT_ID,spring.security.oauth2.client.registration.github.client-id",
			"GITHUB_CLIENT_SECRET,spring.security.oauth2.client.registration.github.client-secret" })
	void oneIsNotSet(String variable, String property, CapturedOutput output) {
		Map<String, String> others = new TreeMap<>(VARIABLES);
		others.put("server.port", "0");
		others.remove(variable);
		assertThatException().isThrownBy(() -> start(others));
		assertThat(output).contains("APPLICATION FAILED TO START", variable, property, "Set ")
			.doesNotContain("nobody-may-see");
		for (String other : VARIABLES.keySet()) {
			assertThat(output.toString().contains(other)).as(other).isEqualTo(other.equals(variable));
		}
	}

	@Test
	void noneIsSet(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(Map.of()));
		assertThat(output).contains("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "environment variables",
				"./mvnw -Pdemo");
	}

	@ParameterizedTest
	@CsvSource({ "GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET" })
	void oneIsBlank(String variable, CapturedOutput output) {
		Map<String, String> blank = new TreeMap<>(VARIABLES);
		blank.put(variable, " ");
		assertThatException().isThrownBy(() -> start(blank));
		assertThat(output).contains("APPLICATION FAILED TO START", variable).doesNotContain("nobody-may-see");
	}

}
