package dev.kvsession.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.kvsession.actuate.KvCallMetrics;
import dev.kvsession.actuate.KvEngineMetrics;
import dev.kvsession.actuate.KvHealthIndicator;
import dev.kvsession.actuate.KvSessionMetrics;
import dev.kvsession.actuate.ObservedKvCalls;
import dev.kvsession.autoconfigure.bean.KvCallObservers;
import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.engine.KvEngine;
import dev.kvsession.session.KvSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;

class KvActuateAutoConfigurationTests {

	private static final AutoConfigurations OURS = AutoConfigurations.of(KvMetricsAutoConfiguration.class,
			KvObservationAutoConfiguration.class, KvHealthContributorAutoConfiguration.class,
			KvSanitizingAutoConfiguration.class);

	private static final AutoConfigurations BOOTS = AutoConfigurations.of(MetricsAutoConfiguration.class,
			SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
			ObservationAutoConfiguration.class);

	private final WebApplicationContextRunner contexts = SessionContexts.configured()
		.withConfiguration(OURS)
		.withConfiguration(BOOTS);

	@Test
	void bindsMetersOfEngineCallsAndSessions() {
		this.contexts.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("kv.circuit.state").tag("state", "closed").gauge().value()).isOne();
			assertThat(meters.get("kv.cost").tag("kind", "reads").counter().count()).isZero();
			assertThat(meters.get("kv.session.near.cache").tag("result", "hit").functionCounter().count()).isZero();
		});
	}

	@Test
	void tellsTheEngineOfAllObservers() {
		this.contexts.withBean("own", KvCallObserver.class, () -> KvCallObserver.NOOP).run((context) -> {
			KvCallObserver.Call call = KvCallObservers.of(context.getBeanProvider(KvCallObserver.class).orderedStream())
				.started("bulk get", 8);
			call.ended(null);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("kv.calls").tags("operation", "bulk_get", "outcome", "success").timer().count())
				.isOne();
			assertThat(meters.get("kv.calls.items").summary().totalAmount()).isEqualTo(8);
			assertThat(meters.get("kv.cost").tag("kind", "reads").counter().count()).isPositive();
		});
	}

	@Test
	void countsWhatSessionsDo() {
		this.contexts.withBean(InMemoryKvClient.class).run((context) -> {
			KvSessionRepository sessions = context.getBean(KvSessionRepository.class);
			sessions.save(sessions.createSession());
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("kv.session.records").functionCounter().count()).isOne();
			assertThat(meters.get("kv.session.record.bytes").functionCounter().count()).isGreaterThan(100);
		});
	}

	@Test
	void showsWhatSessionsHoldInMemory() {
		this.contexts.withPropertyValues("cloudflare.kv.session.near-cache.ttl=45s").run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("kv.session.writes.pending").gauge().value()).isZero();
			assertThat(meters.get("kv.session.writes.pending.bytes").gauge().value()).isZero();
			assertThat(meters.get("kv.session.near.cache.effective.age").timeGauge().value(TimeUnit.SECONDS))
				.isEqualTo(45);
			assertThat(context.getBean(KvHealthIndicator.class).health().getDetails()).containsEntry("pendingWrites",
					0);
		});
	}

	@Test
	void bindsNoSessionMetersWithoutSessions() {
		this.contexts.withPropertyValues("cloudflare.kv.session.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(KvSessionMetrics.class)
				.hasSingleBean(KvEngineMetrics.class)
				.hasSingleBean(ObservedKvCalls.class)
				.hasSingleBean(KvHealthIndicator.class));
	}

	@Test
	void backsOffWithoutKv() {
		SessionContexts.unconfigured().withConfiguration(OURS).withConfiguration(BOOTS).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(oursIn(context.getBeanDefinitionNames())).containsExactly("kvSanitizingFunction");
		});
	}

	@Test
	void backsOffWithoutRegistries() {
		SessionContexts.configured()
			.withConfiguration(OURS)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(KvEngineMetrics.class)
				.doesNotHaveBean(KvCallMetrics.class)
				.doesNotHaveBean(KvSessionMetrics.class)
				.doesNotHaveBean(ObservedKvCalls.class)
				.hasSingleBean(KvHealthIndicator.class));
	}

	@Test
	void bindsNothingWithoutMicrometer() {
		SessionContexts.configured()
			.withConfiguration(OURS)
			.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(KvEngineMetrics.class)
				.doesNotHaveBean(KvCallMetrics.class)
				.doesNotHaveBean(KvSessionMetrics.class));
	}

	@Test
	void observesNothingWithoutObservations() {
		SessionContexts.configured()
			.withConfiguration(OURS)
			.withBean(SimpleMeterRegistry.class)
			.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ObservedKvCalls.class)
				.hasSingleBean(KvEngineMetrics.class)
				.hasSingleBean(KvCallMetrics.class));
	}

	@Test
	void reportsNothingWithoutHealth() {
		this.contexts.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(KvHealthIndicator.class)
				.hasSingleBean(KvEngineMetrics.class));
	}

	@Test
	void sanitizesNothingWithoutActuator() {
		this.contexts.withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("kvSanitizingFunction"));
	}

	@ParameterizedTest
	@CsvSource({ "cloudflare.kv.api-token,******", "cloudflare.kv.apiToken,******", "CLOUDFLARE_KV_API_TOKEN,******",
			"CLOUDFLARE_KV_SECRET,******", "cloudflare.kv.secret,******", "cloudflare.kv.namespace-id,value",
			"my.cloudflare.kv.secretary,value" })
	void sanitizesTokenAndSecretHoweverTheyAreWritten(String key, String shown) {
		this.contexts.run((context) -> assertThat(
				context.getBean(SanitizingFunction.class).apply(new SanitizableData(null, key, "value")).getValue())
			.isEqualTo(shown));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.kv.enabled=false", "management.health.defaults.enabled=false" })
	void reportsNoHealthIfToldNotTo(String property) {
		this.contexts.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(KvHealthIndicator.class));
	}

	@Test
	void anotherHealthIndicatorOfTheNameReplacesOurs() {
		this.contexts.withBean("kvHealthIndicator", HealthIndicator.class, () -> () -> null)
			.run((context) -> assertThat(context).doesNotHaveBean(KvHealthIndicator.class));
	}

	@Test
	void anotherBinderReplacesOurs() {
		this.contexts.withUserConfiguration(OwnBinder.class)
			.run((context) -> assertThat(context).getBeanNames(KvEngineMetrics.class).containsExactly("ownBinder"));
	}

	@Test
	void timesNothingIfObservationsAreSwitchedOff() {
		this.contexts.withPropertyValues("management.observations.enable.kv.calls=false").run((context) -> {
			context.getBean(ObservedKvCalls.class).started("bulk get", 1).ended(null);
			assertThat(context.getBean(MeterRegistry.class).find("kv.calls").timers()).isEmpty();
		});
	}

	@Test
	void anObserverThatThrowsHarmsNobody() {
		List<String> told = new ArrayList<>();
		KvCallObserver broken = (operation, items) -> {
			throw new IllegalStateException("started");
		};
		KvCallObserver brokenLater = (operation, items) -> (failure) -> {
			throw new IllegalStateException("ended");
		};
		KvCallObserver.Call call = KvCallObservers
			.of(List.of(broken, brokenLater, (operation, items) -> (failure) -> told.add(operation)).stream())
			.started("put", 1);
		call.ended(new KvUnavailableException("down", null));
		assertThat(told).containsExactly("put");
	}

	private static List<String> oursIn(String[] beanNames) {
		return List.of(beanNames)
			.stream()
			.filter((name) -> name.startsWith("kv") || name.startsWith("observedKv"))
			.filter((name) -> !name.contains("."))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBinder {

		@Bean
		KvEngineMetrics ownBinder(KvEngine engine) {
			return new KvEngineMetrics(engine);
		}

	}

}
