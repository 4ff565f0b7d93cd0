package dev.kvsession.session.handoff;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.kvsession.session.settings.HandoffKey;

import static org.assertj.core.api.Assertions.assertThat;

class HandoffSealTests {

	private static final String SECRET = "a-secret-that-nobody-may-see-0000";

	private static final byte[] PLAIN = "what is sealed".getBytes(StandardCharsets.US_ASCII);

	private static final HandoffSeal SEAL = seal(SECRET, "namespace", "session:");

	private static HandoffSeal seal(String secret, String scope, String prefix) {
		return new HandoffSeal(HandoffKey.of(secret, scope), prefix);
	}

	@Test
	void opensWhatItHasSealed() {
		assertThat(SEAL.open(SEAL.seal(PLAIN))).isEqualTo(PLAIN);
		assertThat(SEAL.open(SEAL.seal(new byte[0]))).isEmpty();
	}

	@Test
	void anotherInstanceWithTheSameKeyOpensIt() {
		assertThat(seal(SECRET, "namespace", "session:").open(SEAL.seal(PLAIN))).isEqualTo(PLAIN);
	}

	@Test
	void sealsTheSameDifferentlyEachTime() {
		Set<String> sealed = new HashSet<>();
		IntStream.range(0, 1000).forEach((i) -> sealed.add(SEAL.seal(PLAIN)));
		assertThat(sealed).hasSize(1000);
	}

	@Test
	void usesCharactersOfCookiesOnlyAndNoMoreThanCounted() {
		for (int length = 0; length < 300; length++) {
			String sealed = SEAL.seal(new byte[length]);
			assertThat(sealed).matches("[A-Za-z0-9_-]+");
			assertThat(HandoffSeal.plainLength(sealed.length())).isEqualTo(length);
		}
	}

	@Test
	@DisplayName("P5 a text with any bit turned opens nothing")
	void noticesEveryBit() {
		byte[] sealed = Base64.getUrlDecoder().decode(SEAL.seal(PLAIN));
		for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
			byte[] forged = sealed.clone();
			forged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
			assertThat(SEAL.open(Base64.getUrlEncoder().withoutPadding().encodeToString(forged))).as("bit " + bit)
				.isNull();
		}
	}

	static Stream<String> forgeries() {
		String sealed = SEAL.seal(PLAIN);
		return Stream.of("", "A", "AQ", "%", "ü", "null", "....", "AQ".repeat(20), "A".repeat(3584),
				sealed.substring(1), sealed.substring(0, sealed.length() - 1), sealed.substring(0, sealed.length() - 4),
				sealed + "A", sealed + "AAAA", sealed + sealed, sealed + "=", sealed.toLowerCase(Locale.ROOT),
				seal("another-secret-that-nobody-may-see", "namespace", "session:").seal(PLAIN),
				seal(SECRET, "staging", "session:").seal(PLAIN), seal(SECRET, "namespace", "other:").seal(PLAIN));
	}

	@ParameterizedTest
	@MethodSource("forgeries")
	@DisplayName("P5 what was not sealed with this key opens nothing")
	void refuses(String forgery) {
		assertThat(SEAL.open(forgery)).isNull();
	}

	@Test
	@DisplayName("P12 a key does not show its secret")
	void showsNoSecret() {
		assertThat(HandoffKey.of(SECRET, "namespace").toString()).contains("namespace").doesNotContain(SECRET);
	}

}
