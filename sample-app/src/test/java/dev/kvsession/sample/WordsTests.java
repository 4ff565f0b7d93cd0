package dev.kvsession.sample;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTests {

	@ParameterizedTest
	@CsvSource({ "P30D, 30 days", "PT167H59M, 6 days", "P1D, 1 day", "PT23H59M, 23 hours", "PT1H, 1 hour",
			"PT59M59S, 59 minutes", "PT61S, 1 minute", "PT59.9S, 59 seconds", "PT0S, 0 seconds" })
	void sayTheLargestUnit(Duration duration, String words) {
		assertThat(Words.of(duration)).isEqualTo(words);
	}

	@ParameterizedTest
	@CsvSource({ "PT2M59S, 2 minutes ago", "PT1S, 1 second ago", "PT0.9S, now", "PT-5S, now" })
	void sayHowLongAgo(Duration duration, String words) {
		assertThat(Words.ago(duration)).isEqualTo(words);
	}

}
