package dev.kvsession.actuate;

import java.util.concurrent.CompletionException;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.KvUnavailableException;
import dev.kvsession.client.KvUnknownOutcomeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KvCallMetricsTests {

	private static final Offset<Double> EXACTLY = Offset.offset(1e-12);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final KvCallMetrics calls = new KvCallMetrics(this.meters, KvPriceList.CLOUDFLARE);

	@ParameterizedTest
	@CsvSource({ "bulk get,1,reads,0.0000005", "bulk get,100,reads,0.00005", "put,1,writes,0.000005",
			"bulk put,1000,writes,0.005", "delete,1,deletes,0.000005", "bulk delete,20,deletes,0.0001",
			"list,1000,lists,0.000005" })
	void chargesByTheKeyAtListPrices(String operation, int items, String kind, double dollars) {
		this.calls.started(operation, items).ended(null);
		assertThat(cost(kind)).isCloseTo(dollars, EXACTLY);
		assertThat(total()).isCloseTo(dollars, EXACTLY);
	}

	@Test
	void addsUp() {
		for (int i = 0; i < 1_000; i++) {
			this.calls.started("bulk get", 100).ended(null);
			this.calls.started("put", 1).ended(null);
		}
		assertThat(cost("reads")).isCloseTo(0.05, EXACTLY);
		assertThat(cost("writes")).isCloseTo(0.005, EXACTLY);
	}

	@Test
	void chargesNothingBeforeTheAnswer() {
		this.calls.started("put", 1);
		assertThat(total()).isZero();
	}

	@ParameterizedTest
	@MethodSource("dev.kvsession.actuate.Failures#refused")
	void takesRefusedCallsForFree(Throwable failure) {
		this.calls.started("put", 1).ended(failure);
		this.calls.started("put", 1).ended(new CompletionException(failure));
		assertThat(total()).isZero();
	}

	@Test
	void takesACallWithALostAnswerForDone() {
		this.calls.started("put", 1).ended(new KvUnknownOutcomeException("lost", null));
		assertThat(cost("writes")).isCloseTo(0.000005, EXACTLY);
	}

	@Test
	void takesPricesFromOutside() {
		SimpleMeterRegistry own = new SimpleMeterRegistry();
		KvCallMetrics dear = new KvCallMetrics(own, new KvPriceList(1, 2, 3, 4));
		for (String operation : new String[] { "bulk get", "put", "delete", "list" }) {
			dear.started(operation, 1).ended(null);
		}
		assertThat(own.get("kv.cost").tag("kind", "reads").counter().count()).isCloseTo(1e-6, EXACTLY);
		assertThat(own.get("kv.cost").tag("kind", "writes").counter().count()).isCloseTo(2e-6, EXACTLY);
		assertThat(own.get("kv.cost").tag("kind", "deletes").counter().count()).isCloseTo(3e-6, EXACTLY);
		assertThat(own.get("kv.cost").tag("kind", "lists").counter().count()).isCloseTo(4e-6, EXACTLY);
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.01, Double.NaN, Double.POSITIVE_INFINITY })
	void refusesImpossiblePrices(double price) {
		assertThatIllegalArgumentException().isThrownBy(() -> new KvPriceList(price, 5, 5, 5))
			.withMessageContaining("reads");
		assertThatIllegalArgumentException().isThrownBy(() -> new KvPriceList(0.5, 5, 5, price))
			.withMessageContaining("lists");
	}

	@Test
	void costsNothingForAnOperationThatIsNotOnTheList() {
		this.calls.started("account lookup", 1).ended(null);
		assertThat(total()).isZero();
	}

	@Test
	void showsHowFullCallsAreAlsoOfThoseThatFail() {
		this.calls.started("bulk get", 40).ended(null);
		this.calls.started("bulk get", 100).ended(new KvUnavailableException("down", null));
		DistributionSummary sizes = this.meters.get("kv.calls.items").tag("operation", "bulk_get").summary();
		assertThat(sizes.count()).isEqualTo(2);
		assertThat(sizes.totalAmount()).isEqualTo(140);
		assertThat(sizes.max()).isEqualTo(100);
	}

	private double cost(String kind) {
		return this.meters.get("kv.cost").tag("kind", kind).counter().count();
	}

	private double total() {
		return this.meters.get("kv.cost").counters().stream().mapToDouble((counter) -> counter.count()).sum();
	}

}
