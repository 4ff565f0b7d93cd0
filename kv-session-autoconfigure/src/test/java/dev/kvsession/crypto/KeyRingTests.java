package dev.kvsession.crypto;

import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyRingTests {

	private static final String MATERIAL = material(32);

	private static String material(int bytes) {
		byte[] material = new byte[bytes];
		IntStream.range(0, bytes).forEach((i) -> material[i] = (byte) (i * 37 + 11));
		return Base64.getEncoder().encodeToString(material);
	}

	@Test
	void theFirstMakesAndAllAreKept() {
		KeyRing ring = KeyRing.of(List.of("b:" + MATERIAL, " a2:" + material(48) + " "));
		assertThat(ring.first().name()).isEqualTo("b");
		assertThat(ring.all()).extracting(NamedKey::name).containsExactly("b", "a2");
	}

	@Test
	@DisplayName("P12 keys for two purposes differ, though they are derived from one")
	void purposesHaveDifferentKeys() {
		NamedKey key = KeyRing.of(List.of("a:" + MATERIAL)).first();
		assertThat(key.derive("one", "AES").getEncoded()).hasSize(32)
			.isNotEqualTo(key.derive("another", "AES").getEncoded());
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	@DisplayName("P12 a mistake is told by the key's place and never quotes the key")
	void tellsMistakes(List<String> keys, String mistake) {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.of(keys))
			.withMessageContaining(mistake)
			.withNoCause()
			.satisfies((ex) -> keys.stream()
				.filter((key) -> key.length() > 20)
				.forEach((key) -> assertThat(ex.getMessage()).doesNotContain(key.substring(key.indexOf(':') + 1))));
	}

	static Stream<Object[]> mistakes() {
		return Stream.of(new Object[] { List.of(), "at least one key" },
				new Object[] { List.of("a:" + material(31)), "key 1 has 31 bytes" },
				new Object[] { List.of("a:" + MATERIAL, "b:not*base64*at*all*not*base64*at*all*xxx"),
						"key 2 is not Base64" },
				new Object[] { List.of(MATERIAL), "key 1 is malformed" },
				new Object[] { List.of("A:" + MATERIAL), "key 1 is malformed" },
				new Object[] { List.of("ninechars:" + MATERIAL), "key 1 is malformed" },
				new Object[] { List.of("a.b:" + MATERIAL), "key 1 is malformed" },
				new Object[] { List.of("${SIGNING_KEY}"), "key 1 is malformed" },
				new Object[] { List.of(""), "key 1 is malformed" },
				new Object[] { List.of("a:" + Base64.getEncoder().encodeToString(new byte[32])),
						"key 1 is not random" },
				new Object[] { List.of("a:" + MATERIAL, "a:" + material(48)), "key 2 has the name of another one" },
				new Object[] { Collections.nCopies(1000, "a:" + MATERIAL), "at most 16 keys" });
	}

}
