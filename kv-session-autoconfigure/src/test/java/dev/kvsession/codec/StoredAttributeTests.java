package dev.kvsession.codec;

import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.codec.value.ValueFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A text that was compressed is the same to everybody.
 */
class StoredAttributeTests {

	private static final String LONG = "\"" + "The Octocat ".repeat(100) + "\"";

	private static StoredAttribute attribute(String raw) {
		return new StoredAttribute(Records.AT, ValueFormat.JSON, raw);
	}

	private static StoredAttribute packed(String raw) {
		StoredAttribute attribute = attribute(raw);
		attribute.pack(null);
		return attribute;
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\u00e9", "\u65e5\ud83d\ude00", "\ud83d", "\\u65e5" })
	@DisplayName("P4 a compressed attribute keeps its bytes")
	void keepsItsText(String part) {
		String raw = "\"" + part.repeat(2000) + "\"";
		StoredAttribute attribute = packed(raw);
		assertThat(attribute.raw()).isEqualTo(raw);
		assertThat(attribute).isEqualTo(attribute(raw)).hasSameHashCodeAs(attribute(raw)).isEqualTo(packed(raw));
		assertThat(attribute(raw)).isEqualTo(attribute);
		assertThat(attribute).hasToString(attribute(raw).toString());
	}

	@Test
	void differsFromAnotherText() {
		String other = LONG.replace('T', 't');
		assertThat(packed(LONG)).isNotEqualTo(packed(other)).isNotEqualTo(attribute(other));
		assertThat(attribute(other)).isNotEqualTo(packed(LONG));
	}

	@Test
	void becomesSmaller() {
		assertThat(packed(LONG).packedSize()).isBetween(1, LONG.length() / 10);
	}

	@Test
	void sharesTheTextOfAnEqualOne() {
		StoredAttribute again = attribute(LONG);
		again.pack(packed(LONG));
		assertThat(again.packedSize()).isPositive();
		assertThat(again.raw()).isEqualTo(LONG);
	}

	@Test
	void staysAsItIsIfThatSavesNothing() {
		byte[] random = new byte[1500];
		new Random(1).nextBytes(random);
		assertThat(packed("\"short\"").packedSize()).isZero();
		assertThat(packed(Base64.getEncoder().encodeToString(random)).packedSize()).isZero();
		assertThat(attribute(LONG).packedSize()).isZero();
	}

}
