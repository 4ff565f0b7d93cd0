package dev.kvsession.autoconfigure;

import java.io.InputStream;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.autoconfigure.properties.KnownProperties;
import dev.kvsession.autoconfigure.properties.KvProperties;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTests {

	private static final String WARNING = "kv-session knows no property ";

	@ParameterizedTest
	@CsvSource({ "cloudflare.kv.session.timout,cloudflare.kv.session.timeout",
			"cloudflare.kv.session-timeout,cloudflare.kv.session.timeout",
			"cloudflare.kv.timeout,cloudflare.kv.session.timeout",
			"cloudflare.kv.near-cache.ttl,cloudflare.kv.session.near-cache.ttl",
			"cloudflare.kv.token,cloudflare.kv.api-token", "cloudflare.kv.namespace,cloudflare.kv.namespace-id",
			"cloudflare.kv.sesion.key-prefix,cloudflare.kv.session.key-prefix",
			"cloudflare.kv.session.json.trusted-package[0],cloudflare.kv.session.json.trusted-packages",
			"cloudflare.kv.session.touchintervall,cloudflare.kv.session.touch-interval" })
	@DisplayName("P12 a property that nobody knows is named with the nearest that is known, without its value")
	void namesTheNearest(String name, String nearest, CapturedOutput output) {
		SessionContexts.started(SessionContexts.configured())
			.withPropertyValues(name + "=a-value")
			.run((context) -> assertThat(output.getAll().lines().filter((line) -> line.contains(WARNING)))
				.singleElement()
				.asString()
				.contains("WARN", name, "Did you mean " + nearest + "?")
				.doesNotContain("a-value"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cloudflare.kv.one-time-token.addresses[0]", "cloudflare.kv.colour",
			"cloudflare.kv.session.replication.factor" })
	void namesNoOtherIfNoneIsNear(String name, CapturedOutput output) {
		SessionContexts.started(SessionContexts.unconfigured())
			.withPropertyValues(name + "=a")
			.run((context) -> assertThat(output).contains(WARNING + name).doesNotContain("Did you mean"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cloudflare.kv.session.touchInterval=1m", "cloudflare.kv.session.touch_interval=1m",
			"CLOUDFLARE.KV.SESSION.TOUCHINTERVAL=1m", "cloudflare.kv.session.json.trusted-packages=com.example",
			"cloudflare.kv.session.json.trustedPackages[0]=com.example", "cloudflare.kvs.other=1", "cloudflare.kv=1",
			"cloudflare.kv.session=", "cloudflare.kv.session.near-cache=", "cloudflare.kv.budget=",
			"cloudflare.api-token=1" })
	void knowsEveryWayToWriteAName(String property, CapturedOutput output) {
		SessionContexts.started(SessionContexts.configured())
			.withPropertyValues(property)
			.run((context) -> assertThat(output).doesNotContain(WARNING));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CLOUDFLARE_KV_SESSION_TOUCHINTERVAL=1m", "CLOUDFLARE_KV_SESSION_TOUCH_INTERVAL=1m",
			"CLOUDFLARE_KV_NAMESPACE_ID=" + SessionContexts.NAMESPACE_ID, "cloudflare_kv_secret= ",
			"CLOUDFLARE_KV_SESSION_JSON_TRUSTEDPACKAGES_0=com.example",
			"CLOUDFLARE_KV_SESSION_JSON_TRUSTED_PACKAGES=com.example", "CLOUDFLARE_KV_SERVICE_HOST=10.0.0.1",
			"CLOUDFLARE_KV_SERVICE_PORT_HTTP=80", "CLOUDFLARE_KV_PORT=tcp://10.0.0.1:80",
			"CLOUDFLARE_KV_PORT_80_TCP_ADDR=10.0.0.1", "CLOUDFLARE_API_TOKEN=x" })
	void knowsVariablesOfTheEnvironment(String variable, CapturedOutput output) {
		withVariable(variable).run((context) -> assertThat(output).doesNotContain(WARNING));
	}

	@ParameterizedTest
	@CsvSource({ "CLOUDFLARE_KV_SESSION_TIMOUT=1,cloudflare.kv.session.timeout",
			"CLOUDFLARE_KV_SESSIONTIMEOUT=1,cloudflare.kv.session.timeout",
			"CLOUDFLARE_KV_TOKEN=1,cloudflare.kv.api-token" })
	void namesVariablesThatNobodyReads(String variable, String nearest, CapturedOutput output) {
		withVariable(variable).run((context) -> assertThat(output).contains(WARNING, variable.split("=")[0])
			.contains("Did you mean " + nearest + "?"));
	}

	@Test
	void leavesPropertiesOfOthersAlone(CapturedOutput output) {
		withVariable("CLOUDFLARE_KV_HUBOFMINE_PLACE=x").withUserConfiguration(OfMine.class)
			.withPropertyValues("cloudflare.kv.hub-of-mine.color=red")
			.run((context) -> assertThat(output).doesNotContain(WARNING));
	}

	@Test
	void knowsWhatTheMetadataDeclares() throws Exception {
		try (InputStream metadata = KvProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonNode properties = JsonMapper.shared().readTree(metadata).path("properties");
			assertThat(KnownProperties.ofLibrary().names()).containsExactlyInAnyOrderElementsOf(
					properties.valueStream().map((property) -> property.path("name").asString()).toList());
		}
	}

	private static WebApplicationContextRunner withVariable(String variable) {
		String[] pair = variable.split("=");
		return SessionContexts.started(SessionContexts.configured())
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(pair[0], pair[1]))));
	}

	@ConfigurationProperties("cloudflare.kv.hub-of-mine")
	record HubOfMine(String color, String place) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(HubOfMine.class)
	static class OfMine {

	}

}
