package dev.kvsession.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kvsession.actuate.Failures;
import dev.kvsession.autoconfigure.bean.KvCallObservers;
import dev.kvsession.client.KvCallObserver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard and the alerts speak of meters that are there, as Prometheus names them.
 */
class OperationsDocumentsTests {

	private static final Path DOCS = Path.of("..", "docs");

	/**
	 * A metric with its selectors, if it has any.
	 */
	private static final Pattern METRIC = Pattern.compile("\\b(kv_[a-z_]+)(?:\\{([^}]*)})?");

	private static final Pattern SELECTOR = Pattern.compile("(\\w+)(=~|!=|=)\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

	/**
	 * Labels that Prometheus adds to what it scrapes.
	 */
	private static final Set<String> FROM_SCRAPE = Set.of("job", "instance");

	private static String scrape;

	private static Set<String> meters;

	@BeforeAll
	static void scrape() {
		SessionContexts.configured()
			.withConfiguration(
					AutoConfigurations.of(KvMetricsAutoConfiguration.class, KvObservationAutoConfiguration.class,
							MetricsAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
							CompositeMeterRegistryAutoConfiguration.class, ObservationAutoConfiguration.class))
			.run((context) -> {
				KvCallObserver calls = KvCallObservers
					.of(context.getBeanProvider(KvCallObserver.class).orderedStream());
				calls.started("bulk get", 1);
				calls.started("bulk get", 100).ended(null);
				Failures.outcomes().keySet().forEach((failure) -> calls.started("put", 1).ended(failure));
				scrape = context.getBean(PrometheusMeterRegistry.class).scrape();
				meters = new TreeSet<>();
				context.getBean(MeterRegistry.class)
					.getMeters()
					.forEach((meter) -> meters.add(meter.getId().getName()));
				meters.removeIf((name) -> !name.startsWith("kv."));
			});
	}

	@Test
	void theDashboardReadsMetricsThatAreThere() throws IOException {
		assertThat(dashboardQueries()).hasSizeGreaterThan(30).allSatisfy(OperationsDocumentsTests::readsWhatIsThere);
	}

	@Test
	void alertsReadMetricsThatAreThere() throws IOException {
		assertThat(alerts()).hasSizeGreaterThan(10)
			.allSatisfy(OperationsDocumentsTests::readsWhatIsThere)
			.allSatisfy((alert) -> assertThat(alert).containsPattern(" [<>] "));
	}

	@Test
	void theDashboardLeavesNoMeterOut() throws IOException {
		String queries = String.join("\n", dashboardQueries());
		assertThat(meters).hasSizeGreaterThan(20)
			.allSatisfy((meter) -> assertThat(queries).contains(meter.replace('.', '_')));
	}

	@Test
	void theDocumentNamesEveryMeter() throws IOException {
		assertThat(meters).allSatisfy((meter) -> assertThat(operations()).contains("`" + meter + "`"));
	}

	@Test
	void theDocumentNamesEveryOutcome() throws IOException {
		assertThat(Failures.outcomes().values())
			.allSatisfy((outcome) -> assertThat(operations()).contains("| `" + outcome + "` |"));
	}

	@Test
	void theDashboardCanBeImportedAnywhere() throws IOException {
		JsonNode dashboard = dashboard();
		assertThat(dashboard.path("title").asString()).isNotBlank();
		assertThat(dashboard.has("id")).isFalse();
		assertThat(dashboard.at("/templating/list/0/type").asString()).isEqualTo("datasource");
		assertThat(dashboard.at("/templating/list/0/query").asString()).isEqualTo("prometheus");
		assertThat(dashboard.findValues("datasource")).isNotEmpty()
			.allSatisfy((source) -> assertThat(source.path("uid").asString()).isEqualTo("${datasource}"));
		assertThat(dashboard.path("panels")).extracting((panel) -> panel.path("id").asInt()).doesNotHaveDuplicates();
	}

	@Test
	void panelsDoNotOverlap() throws IOException {
		Set<String> cells = new HashSet<>();
		for (JsonNode panel : dashboard().path("panels")) {
			JsonNode grid = panel.path("gridPos");
			int x = grid.path("x").asInt();
			int y = grid.path("y").asInt();
			assertThat(x + grid.path("w").asInt()).isLessThanOrEqualTo(24);
			for (int column = x; column < x + grid.path("w").asInt(); column++) {
				for (int line = y; line < y + grid.path("h").asInt(); line++) {
					assertThat(cells.add(column + "," + line)).as(panel.path("title").asString()).isTrue();
				}
			}
		}
	}

	private static void readsWhatIsThere(String query) {
		List<MatchResult> metrics = METRIC.matcher(query).results().toList();
		assertThat(metrics).isNotEmpty();
		metrics.forEach((metric) -> {
			List<String> samples = scrape.lines().filter((line) -> line.matches(metric.group(1) + "[{ ].*")).toList();
			assertThat(samples).as(query).isNotEmpty();
			String selectors = (metric.group(2) != null) ? metric.group(2) : "";
			SELECTOR.matcher(selectors).results().forEach((selector) -> selects(samples, selector));
			labelsOf(query).forEach((label) -> assertThat(samples).as(query)
				.allSatisfy((sample) -> assertThat(sample).contains(label + "=\"")));
		});
	}

	private static void selects(List<String> samples, MatchResult selector) {
		if (FROM_SCRAPE.contains(selector.group(1))) {
			return;
		}
		for (String value : selector.group(3).split("\\|")) {
			assertThat(samples).as(selector.group())
				.anySatisfy((sample) -> assertThat(sample).contains(selector.group(1) + "=\"" + value + "\""));
		}
	}

	private static List<String> labelsOf(String query) {
		return GROUPING.matcher(query)
			.results()
			.flatMap((grouping) -> Stream.of(grouping.group(1).split(", *")))
			.filter((label) -> !FROM_SCRAPE.contains(label))
			.toList();
	}

	private static List<String> dashboardQueries() throws IOException {
		return dashboard().findValues("expr").stream().map(JsonNode::asString).toList();
	}

	private static JsonNode dashboard() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana-dashboard.json")));
	}

	private static List<String> alerts() throws IOException {
		List<String> alerts = new ArrayList<>();
		Pattern.compile("```promql\\n(.*?)```", Pattern.DOTALL)
			.matcher(operations())
			.results()
			.forEach((block) -> alerts.add(block.group(1)));
		return alerts;
	}

	private static String operations() throws IOException {
		return Files.readString(DOCS.resolve("operations.md"));
	}

}
