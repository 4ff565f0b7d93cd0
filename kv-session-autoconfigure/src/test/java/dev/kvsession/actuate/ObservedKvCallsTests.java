package dev.kvsession.actuate;

import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.client.KvCallObserver;
import dev.kvsession.client.KvUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedKvCallsTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final ObservedKvCalls calls = new ObservedKvCalls(this.observations);

	ObservedKvCallsTests() {
		this.observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.meters));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bulk get", "put", "bulk put", "delete", "bulk delete" })
	void timesEachCallByOperationAndNothingElse(String operation) {
		this.calls.started(operation, 3).ended(null);
		Timer timer = this.meters.get("kv.calls").timer();
		assertThat(timer.count()).isEqualTo(1);
		assertThat(timer.getId().getTags()).containsExactlyInAnyOrderElementsOf(
				Tags.of("operation", operation.replace(' ', '_'), "outcome", "success", "error", "none"));
	}

	static Stream<Arguments> failures() {
		return Failures.outcomes().entrySet().stream().map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void tellsFailuresApart(Throwable failure, String outcome) {
		this.calls.started("put", 1).ended(failure);
		assertThat(this.meters.get("kv.calls")
			.tags("outcome", outcome, "error", failure.getClass().getSimpleName())
			.timer()
			.count()).isEqualTo(1);
	}

	@Test
	void looksThroughTheWrapperOfAStage() {
		this.calls.started("put", 1).ended(new CompletionException(new KvUnavailableException("down", null)));
		assertThat(
				this.meters.get("kv.calls").tags("outcome", "unavailable", "error", "KvUnavailableException").timer())
			.isNotNull();
	}

	@Test
	void countsCallsUnderWay() {
		KvCallObserver.Call first = this.calls.started("bulk get", 1);
		KvCallObserver.Call second = this.calls.started("bulk get", 1);
		assertThat(underWay()).isEqualTo(2);
		assertThat(this.meters.find("kv.calls").timers()).isEmpty();
		first.ended(null);
		second.ended(new KvUnavailableException("down", null));
		assertThat(underWay()).isZero();
	}

	@Test
	void costsNothingWhereNobodyObserves() {
		new ObservedKvCalls(ObservationRegistry.NOOP).started("bulk get", 1).ended(null);
		assertThat(this.meters.getMeters()).isEmpty();
	}

	private int underWay() {
		return this.meters.get("kv.calls.active")
			.longTaskTimers()
			.stream()
			.mapToInt((timer) -> timer.activeTasks())
			.sum();
	}

}
