package dev.kvsession.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.autoconfigure.properties.KvProperties;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationMetadataTests {

	/**
	 * Their absence means something of its own.
	 */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("cloudflare.kv.namespace-id", "cloudflare.kv.api-token",
			"cloudflare.kv.account-id", "cloudflare.kv.secret", "cloudflare.kv.session.max-lifetime",
			"cloudflare.kv.session.anonymous-timeout", "cloudflare.kv.session.json.trusted-packages",
			"cloudflare.kv.session.id.signing-keys", "cloudflare.kv.session.encryption.keys");

	@Test
	void describesEveryPropertyInASentence() throws IOException {
		assertThat(properties()).isNotEmpty()
			.allSatisfy((property) -> assertThat(property.path("description").asString("")).as(name(property))
				.isNotBlank()
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotContain("{@"));
	}

	@Test
	void showsTheDefaultOfEveryPropertyThatHasOne() throws IOException {
		assertThat(properties()).allSatisfy((property) -> assertThat(property.has("defaultValue")).as(name(property))
			.isEqualTo(!WITHOUT_DEFAULT.contains(name(property))));
	}

	@Test
	void describesBooleansAsQuestions() throws IOException {
		assertThat(properties()).filteredOn((property) -> property.path("type").asString().equals("java.lang.Boolean"))
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(property.path("description").asString()).startsWith("Whether"));
	}

	@Test
	void describesEveryGroupInASentence() throws IOException {
		assertThat(metadata().path("groups")).isNotEmpty().allSatisfy((group) -> assertSentence(group, "description"));
	}

	@Test
	void describesEveryValueOfAnEnum() throws IOException {
		JsonNode hints = metadata().path("hints");
		assertThat(properties()).filteredOn((property) -> !constants(property).isEmpty())
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(hints).filteredOn((hint) -> name(hint).equals(name(property)))
				.singleElement()
				.satisfies((hint) -> {
					assertThat(hint.path("values")).extracting((value) -> value.path("value").asString())
						.containsExactlyInAnyOrderElementsOf(constants(property));
					assertThat(hint.path("values")).allSatisfy((value) -> assertSentence(value, "description"));
				}));
	}

	@Test
	void declaresExactlyTheDocumentedProperties() throws IOException {
		assertThat(properties()).extracting(ConfigurationMetadataTests::name)
			.containsExactlyInAnyOrder("cloudflare.kv.namespace-id", "cloudflare.kv.api-token",
					"cloudflare.kv.account-id", "cloudflare.kv.secret", "cloudflare.kv.base-url",
					"cloudflare.kv.connect-timeout", "cloudflare.kv.read-timeout", "cloudflare.kv.verify-on-startup",
					"cloudflare.kv.cost.reads-per-million", "cloudflare.kv.cost.writes-per-million",
					"cloudflare.kv.cost.deletes-per-million", "cloudflare.kv.cost.lists-per-million",
					"cloudflare.kv.budget.calls", "cloudflare.kv.budget.period", "cloudflare.kv.session.enabled",
					"cloudflare.kv.session.repository-type", "cloudflare.kv.session.user-index-prefix",
					"cloudflare.kv.session.key-prefix", "cloudflare.kv.session.timeout",
					"cloudflare.kv.session.expiration", "cloudflare.kv.session.max-lifetime",
					"cloudflare.kv.session.anonymous-timeout", "cloudflare.kv.session.touch-interval",
					"cloudflare.kv.session.cookie-follows-session", "cloudflare.kv.session.flush-mode",
					"cloudflare.kv.session.save-mode", "cloudflare.kv.session.write-mode",
					"cloudflare.kv.session.near-cache.enabled", "cloudflare.kv.session.near-cache.ttl",
					"cloudflare.kv.session.near-cache.max-weight", "cloudflare.kv.session.near-cache.stale-if-error",
					"cloudflare.kv.session.near-cache.max-staleness", "cloudflare.kv.session.near-cache.soft-timeout",
					"cloudflare.kv.session.on-read-failure", "cloudflare.kv.session.on-unreadable",
					"cloudflare.kv.session.json.trusted-packages", "cloudflare.kv.session.jdk-fallback",
					"cloudflare.kv.session.handoff.enabled", "cloudflare.kv.session.max-waiting-requests",
					"cloudflare.kv.session.max-record-size", "cloudflare.kv.session.id.signing-keys",
					"cloudflare.kv.session.id.signing-mode", "cloudflare.kv.session.id.storage-hash",
					"cloudflare.kv.session.id.storage-hash-mode", "cloudflare.kv.session.encryption.keys",
					"cloudflare.kv.session.encryption.mode", "cloudflare.kv.session.encryption.claims");
	}

	private static String name(JsonNode property) {
		return property.path("name").asString();
	}

	private static void assertSentence(JsonNode node, String field) {
		assertThat(node.path(field).asString("")).as(node.toString())
			.isNotBlank()
			.endsWith(".")
			.doesNotStartWith("The ");
	}

	/*
	 * The constants of the property's type as a configuration names them; none if it is
	 * no enum.
	 */
	private static List<String> constants(JsonNode property) {
		Class<?> type = ClassUtils.resolveClassName(property.path("type").asString().replaceAll("<.*", ""), null);
		return type.isEnum() ? Stream.of(type.getEnumConstants())
			.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList() : List.of();
	}

	private static Iterable<JsonNode> properties() throws IOException {
		JsonNode properties = metadata().path("properties");
		assertThat(properties).filteredOn((property) -> !name(property).startsWith("cloudflare.kv.")).isEmpty();
		return properties;
	}

	private static JsonNode metadata() throws IOException {
		try (InputStream metadata = KvProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared().readTree(metadata);
		}
	}

}
