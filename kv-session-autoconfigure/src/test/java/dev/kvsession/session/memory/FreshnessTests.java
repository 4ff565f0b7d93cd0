package dev.kvsession.session.memory;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FreshnessTests {

	private static final long KNOWN = 1_000_000;

	private final Freshness freshness = new Freshness(KNOWN);

	@Test
	void aReloadIsStartedOnceAndNotBeforeItIsDue() {
		assertThat(this.freshness.claimReload(KNOWN + 17, KNOWN + 18, Long.MAX_VALUE)).isFalse();
		assertThat(this.freshness.isReloadLater(KNOWN + 17)).isTrue();
		// When it is due has been decided.
		assertThat(this.freshness.claimReload(KNOWN + 17, KNOWN, Long.MAX_VALUE)).isFalse();
		assertThat(this.freshness.claimReload(KNOWN + 18, KNOWN, Long.MAX_VALUE)).isTrue();
		assertThat(this.freshness.claimReload(KNOWN + 18, KNOWN, Long.MAX_VALUE)).isFalse();
		assertThat(this.freshness.isReloading()).isTrue();
	}

	@Test
	void aFailedReloadIsRepeatedWhenItIsTime() {
		this.freshness.claimReload(KNOWN, KNOWN, Long.MAX_VALUE);
		this.freshness.failed(KNOWN + 10);
		assertThat(this.freshness.isFailed()).isTrue();
		assertThat(this.freshness.isReloadLater(KNOWN + 9)).isTrue();
		assertThat(this.freshness.claimReload(KNOWN + 9, KNOWN, Long.MAX_VALUE)).isFalse();
		assertThat(this.freshness.claimReload(KNOWN + 10, KNOWN, Long.MAX_VALUE)).isTrue();
	}

	@Test
	void whatIsKnownAnewIsNeitherDoubtedNorFailed() {
		this.freshness.failed(KNOWN + 10);
		this.freshness.doubt();
		assertThat(this.freshness.isFailed()).isFalse();
		assertThat(this.freshness.isDoubted()).isTrue();
		this.freshness.known(KNOWN + 5);
		assertThat(this.freshness.isDoubted()).isFalse();
		assertThat(this.freshness.age(KNOWN + 7)).isEqualTo(2);
		assertThat(this.freshness.claimReload(KNOWN + 11, KNOWN + 12, Long.MAX_VALUE)).isFalse();
	}

	@Test
	void useIsNotedToTheSecond() {
		this.freshness.used(KNOWN + 999);
		assertThat(this.freshness.isUsedWithin(998, KNOWN + 999)).isFalse();
		this.freshness.used(KNOWN + 1000);
		assertThat(this.freshness.isUsedWithin(0, KNOWN + 1000)).isTrue();
	}

}
