package dev.kvsession.codec;

import org.junit.jupiter.api.Test;

import dev.kvsession.codec.shop.Turnstile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values that another request changes while they are encoded.
 */
class MovingValueTests {

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	@Test
	void storesWhatChangesAllTheTime() {
		assertThat(this.codec.encodeAttribute("a", new Turnstile(5), Records.AT).raw()).endsWith("7]");
	}

	@Test
	void triesAgainWhenChangedWhileWritten() {
		assertThat(this.codec.encodeAttribute("a", new Turnstile(5).failing(1), Records.AT).raw()).endsWith("6]");
	}

	@Test
	void saysThatAnotherThreadIsInTheWay() {
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.codec.encodeAttribute("a", new Turnstile(5).failing(9), Records.AT))
			.withMessageContaining("changed by another thread");
	}

}
