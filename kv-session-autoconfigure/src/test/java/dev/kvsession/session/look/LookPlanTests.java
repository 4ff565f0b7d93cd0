package dev.kvsession.session.look;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LookPlanTests {

	private final LookPlan plan = new LookPlan();

	private Duration looked(int askedSecond, int nowSecond) {
		return this.plan.looked(Duration.ofSeconds(askedSecond).toNanos(), Duration.ofSeconds(nowSecond).toNanos());
	}

	@Test
	@DisplayName("P4 after an update looks are 61 s apart until no reader can be late any more")
	void looksGoOnUntilSure() {
		this.plan.written(0, LookPlan.UNTIL_SURE);
		assertThat(looked(90, 90)).isEqualTo(Duration.ofSeconds(61));
		assertThat(this.plan.isSureOfMarker()).isFalse();
		assertThat(looked(151, 151)).isEqualTo(Duration.ofSeconds(61));
		assertThat(this.plan.isSureOfMarker()).isTrue();
		assertThat(looked(212, 212)).isEqualTo(Duration.ofSeconds(61));
		assertThat(looked(273, 273)).isNull();
	}

	@Test
	@DisplayName("P1 looks that wait long for their calls are fewer")
	void lateLooksAreFewer() {
		this.plan.written(0, LookPlan.UNTIL_SURE);
		assertThat(looked(200, 210)).isEqualTo(Duration.ofSeconds(51));
		assertThat(looked(370, 380)).isNull();
	}

	@Test
	@DisplayName("P5 a further write makes sure of the gone marker anew")
	void aFurtherWriteBeginsAnew() {
		this.plan.written(0, LookPlan.UNTIL_SURE);
		looked(151, 151);
		this.plan.written(Duration.ofSeconds(160).toNanos(), LookPlan.UNTIL_SURE);
		assertThat(this.plan.isSureOfMarker()).isFalse();
		assertThat(looked(212, 212)).isEqualTo(Duration.ofSeconds(61));
	}

	@Test
	@DisplayName("P5 the markers are to be read a minute after a write over another record that was not looked at")
	void theMarkersAreDue() {
		this.plan.written(0, LookPlan.UNTIL_SURE);
		this.plan.written(Duration.ofSeconds(30).toNanos(), LookPlan.TOUCHED);
		assertThat(this.plan.isMarkerDue(Duration.ofSeconds(59).toNanos())).isFalse();
		assertThat(this.plan.isMarkerDue(Duration.ofSeconds(60).toNanos())).isTrue();
		this.plan.markerRead(Duration.ofSeconds(61).toNanos());
		assertThat(this.plan.isMarkerDue(Duration.ofSeconds(120).toNanos())).isFalse();
		assertThat(this.plan.isMarkerDue(Duration.ofSeconds(121).toNanos())).isTrue();
		looked(125, 126);
		assertThat(this.plan.isMarkerDue(Duration.ofSeconds(184).toNanos())).isFalse();
	}

	@Test
	@DisplayName("P1 the markers of a new session are not to be read, nor those that were looked for late enough")
	void noMarkersAreDue() {
		this.plan.written(0, LookPlan.ONCE);
		assertThat(this.plan.isMarkerDue(Duration.ofSeconds(90).toNanos())).isFalse();
		this.plan.written(Duration.ofSeconds(91).toNanos(), LookPlan.UNTIL_SURE);
		looked(212, 212);
		assertThat(this.plan.isMarkerDue(Duration.ofSeconds(280).toNanos())).isFalse();
	}

}
