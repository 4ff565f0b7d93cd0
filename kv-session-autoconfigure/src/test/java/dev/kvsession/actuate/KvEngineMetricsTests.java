package dev.kvsession.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvEngineStatus.Circuit;

import static org.assertj.core.api.Assertions.assertThat;

class KvEngineMetricsTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private KvEngineStatus status = new KvEngineStatus(Circuit.CLOSED, null, 1200, 900, 1, 2, 3, Set.of(),
			Map.of("queue_full", 0L, "strangers", 0L), null);

	KvEngineMetricsTests() {
		new KvEngineMetrics(() -> this.status).bindTo(this.meters);
	}

	@Test
	void showsTheBudget() {
		assertThat(gauge("kv.budget.calls")).isEqualTo(1200);
		assertThat(gauge("kv.budget.left")).isEqualTo(900);
	}

	@Test
	void showsNoNumberWhereThereIsNoBudget() {
		this.status = new KvEngineStatus(Circuit.CLOSED, null, 0, -1, 0, 0, 0, Set.of(), Map.of(), null);
		assertThat(gauge("kv.budget.calls")).isNaN();
		assertThat(gauge("kv.budget.left")).isNaN();
	}

	@Test
	void showsAnEmptyBudgetAsZero() {
		this.status = new KvEngineStatus(Circuit.CLOSED, null, 1200, 0, 0, 0, 0, Set.of(), Map.of(), null);
		assertThat(gauge("kv.budget.left")).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void showsTheStateOfTheCircuit(Circuit circuit) {
		this.status = new KvEngineStatus(circuit, null, 1200, 900, 0, 0, 0, Set.of(), Map.of(), null);
		assertThat(gauge("kv.circuit.state", "state", "closed")).isEqualTo((circuit == Circuit.CLOSED) ? 1 : 0);
		assertThat(gauge("kv.circuit.state", "state", "half_open")).isEqualTo((circuit == Circuit.HALF_OPEN) ? 1 : 0);
		assertThat(gauge("kv.circuit.state", "state", "open")).isEqualTo((circuit == Circuit.OPEN) ? 1 : 0);
	}

	@Test
	void showsForHowLongTheTokenIsBlocked() {
		assertThat(this.meters.get("kv.blocked").timeGauge().value()).isZero();
		this.status = new KvEngineStatus(Circuit.CLOSED, Duration.ofMillis(90_500), 1200, 0, 0, 0, 0, Set.of(),
				Map.of(), null);
		assertThat(this.meters.get("kv.blocked").timeGauge().value()).isEqualTo(90.5);
	}

	@Test
	void showsWhatWaits() {
		assertThat(gauge("kv.waiting", "kind", "reads")).isEqualTo(2);
		assertThat(gauge("kv.waiting", "kind", "writes")).isEqualTo(3);
	}

	@Test
	void showsWhatTheDailyQuotaStops() {
		assertThat(gauge("kv.quota.used.up", "kind", "writes")).isZero();
		this.status = new KvEngineStatus(Circuit.CLOSED, null, 1200, 900, 0, 0, 0, Set.of("writes"), Map.of(), null);
		assertThat(gauge("kv.quota.used.up", "kind", "writes")).isEqualTo(1);
		assertThat(gauge("kv.quota.used.up", "kind", "reads")).isZero();
		assertThat(gauge("kv.quota.used.up", "kind", "deletes")).isZero();
	}

	@Test
	void countsWhatIsRefusedFromZeroAlsoAfterAGarbageCollection() {
		assertThat(refused("queue_full")).isZero();
		System.gc();
		this.status = new KvEngineStatus(Circuit.CLOSED, null, 1200, 900, 0, 0, 0, Set.of(),
				Map.of("queue_full", 7L, "strangers", 2L), null);
		assertThat(refused("queue_full")).isEqualTo(7);
		assertThat(refused("strangers")).isEqualTo(2);
	}

	private double refused(String reason) {
		return this.meters.get("kv.refused").tag("reason", reason).functionCounter().count();
	}

	private double gauge(String name, String... tags) {
		return this.meters.get(name).tags(tags).gauge().value();
	}

}
