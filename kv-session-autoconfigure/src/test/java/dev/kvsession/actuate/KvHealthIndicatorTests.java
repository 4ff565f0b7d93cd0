package dev.kvsession.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.actuate.endpoint.SimpleHttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.SimpleStatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.kvsession.client.KvAuthorizationException;
import dev.kvsession.client.KvEngineStatus;
import dev.kvsession.client.KvEngineStatus.Circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class KvHealthIndicatorTests {

	@ParameterizedTest
	@CsvSource({ "CLOSED,,UP", "OPEN,,DEGRADED", "HALF_OPEN,,DEGRADED", "CLOSED,PT4M,DEGRADED", "OPEN,PT4M,DEGRADED" })
	void isDegradedWhileKvIsNotAsked(Circuit circuit, Duration blockedFor, String status) {
		assertThat(health(circuit, blockedFor).getStatus().getCode()).isEqualTo(status);
	}

	@Test
	void isUpWhileTheBudgetIsSpent() {
		KvEngineStatus spent = new KvEngineStatus(Circuit.CLOSED, null, 1200, 0, 0, 200, 50, Set.of(), Map.of(), null);
		assertThat(new KvHealthIndicator(() -> spent, null).health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void tellsCircuitBudgetAndWhatWaits() {
		assertThat(health(Circuit.CLOSED, null).getDetails()).containsOnly(entry("circuit", "closed"),
				entry("waitingReads", 2), entry("waitingWrites", 3), entry("budgetCalls", 1200),
				entry("budgetLeft", 900));
	}

	@Test
	void tellsForHowLongTheTokenIsBlocked() {
		assertThat(health(Circuit.HALF_OPEN, Duration.ofSeconds(252)).getDetails())
			.contains(entry("circuit", "half_open"), entry("blockedFor", "PT4M12S"));
	}

	@Test
	void isDegradedAndTellsTheKindWhileTheDailyQuotaIsUsedUp() {
		KvEngineStatus status = new KvEngineStatus(Circuit.CLOSED, null, 1200, 900, 0, 0, 0, Set.of("writes", "reads"),
				Map.of(), null);
		Health health = new KvHealthIndicator(() -> status, null).health();
		assertThat(health.getStatus()).isEqualTo(KvHealthIndicator.DEGRADED);
		assertThat(health.getDetails()).contains(entry("quotaUsedUp", List.of("reads", "writes")));
	}

	@Test
	@DisplayName("P11 while KV refuses the token, health is DEGRADED and tells how; afterwards it tells what was last")
	void wrongToken() {
		PlainKv kv = new PlainKv();
		KvHealthIndicator indicator = new KvHealthIndicator(kv.engine(), null);
		assertThat(indicator.health().getDetails()).doesNotContainKey("lastFailure");
		kv.fail(new KvAuthorizationException("KV put was answered with status 401, code 10000", null));
		assertThat(indicator.health().getStatus()).isEqualTo(KvHealthIndicator.DEGRADED);
		assertThat(indicator.health().getDetails()).contains(entry("circuit", "closed"),
				entry("lastFailure", "KV put was answered with status 401, code 10000"),
				entry("lastFailureAt", "2026-11-30T12:00:00Z"));
		kv.read();
		assertThat(indicator.health().getStatus()).isEqualTo(KvHealthIndicator.DEGRADED);
		kv.fail(null);
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThat(indicator.health().getDetails()).containsKey("lastFailure");
	}

	@Test
	void tellsNoBudgetWhereThereIsNone() {
		KvEngineStatus unlimited = new KvEngineStatus(Circuit.CLOSED, null, 0, -1, 0, 0, 0, Set.of(), Map.of(), null);
		assertThat(new KvHealthIndicator(() -> unlimited, null).health().getDetails()).doesNotContainKeys("budgetCalls",
				"budgetLeft");
	}

	@Test
	void takesNoInstanceOutOfServiceForKvsSake() {
		Status degraded = health(Circuit.OPEN, null).getStatus();
		assertThat(new SimpleStatusAggregator().getAggregateStatus(Status.UP, degraded)).isEqualTo(Status.UP);
		assertThat(new SimpleStatusAggregator().getAggregateStatus(Status.DOWN, degraded)).isEqualTo(Status.DOWN);
		assertThat(new SimpleHttpCodeStatusMapper().getStatusCode(degraded)).isEqualTo(200);
		assertThat(new SimpleHttpCodeStatusMapper()
			.getStatusCode(new SimpleStatusAggregator().getAggregateStatus(degraded))).isEqualTo(200);
	}

	private static Health health(Circuit circuit, @Nullable Duration blockedFor) {
		KvEngineStatus status = new KvEngineStatus(circuit, blockedFor, 1200, 900, 1, 2, 3, Set.of(), Map.of(), null);
		return new KvHealthIndicator(() -> status, null).health();
	}

}
