package dev.kvsession.test.store;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.kvsession.test.kv.KvEntry;

import static org.assertj.core.api.Assertions.assertThat;

class KeyHistoryTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final KeyHistory history = new KeyHistory();

	@Test
	void isGoneOnceNoLocationSeesAnything() {
		this.history.add(new Version(entry(NOW.plusSeconds(60)), List.of(NOW)), NOW);
		assertThat(this.history.isGone(NOW)).isFalse();
		assertThat(this.history.isGone(NOW.plusSeconds(60))).isTrue();
		this.history.add(new Version(null, List.of(NOW, NOW.plusSeconds(5))), NOW);
		assertThat(this.history.isGone(NOW)).isFalse();
		assertThat(this.history.isGone(NOW.plusSeconds(5))).isTrue();
	}

	@Test
	void eachLocationSeesTheNewestThatArrived() {
		this.history.add(new Version(entry(null), List.of(NOW, NOW)), NOW);
		this.history.add(new Version(null, List.of(NOW, NOW.plusSeconds(9))), NOW);
		KvEntry third = entry(null);
		this.history.add(new Version(third, List.of(NOW.plusSeconds(3), NOW.plusSeconds(1))), NOW);
		assertThat(this.history.seenFrom(0, NOW)).isNull();
		assertThat(this.history.seenFrom(1, NOW)).isNotNull().isNotSameAs(third);
		assertThat(this.history.seenFrom(0, NOW.plusSeconds(3))).isSameAs(third);
		assertThat(this.history.seenFrom(1, NOW.plusSeconds(1))).isSameAs(third);
		assertThat(this.history.truth(NOW)).isSameAs(third);
	}

	private static KvEntry entry(Instant expiresAt) {
		return new KvEntry(new byte[1], null, expiresAt);
	}

}
