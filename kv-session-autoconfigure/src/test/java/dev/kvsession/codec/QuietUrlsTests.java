package dev.kvsession.codec;

import java.net.URL;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QuietUrlsTests {

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	@Test
	@DisplayName("P9 a URL that was read looks no name up")
	void looksNoNameUp() {
		Set<?> one = (Set<?>) decode("[\"java.util.HashSet\",[[\"java.net.URL\",\"http://localhost/\"]]]");
		Set<?> other = (Set<?>) decode("[\"java.util.HashSet\",[[\"java.net.URL\",\"http://127.0.0.1/\"]]]");
		assertThat(one.equals(other)).isFalse();
	}

	@Test
	void refusesUrlsAsKeys() {
		assertThatExceptionOfType(UnreadableAttributeException.class).isThrownBy(() -> decode(
				"{\"@class\":\"java.util.HashMap<java.net.URL,java.lang.Object>\",\"http://localhost/\":\"x\"}"));
	}

	@Test
	void canBeOpened() throws Exception {
		URL read = (URL) decode("[\"java.net.URL\",\"https://localhost/a?b#c\"]");
		assertThat(read.toExternalForm()).isEqualTo("https://localhost/a?b#c");
		assertThat(read.getDefaultPort()).isEqualTo(443);
		assertThat(read.openConnection().getURL()).hasToString("https://localhost/a?b#c");
	}

	private Object decode(String raw) {
		return this.codec.decodeAttribute("a", new StoredAttribute(Records.AT, "json", raw));
	}

}
