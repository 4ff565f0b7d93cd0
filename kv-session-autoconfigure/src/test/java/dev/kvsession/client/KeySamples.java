package dev.kvsession.client;

import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

/**
 * Keys that are dangerous in a URL, with how they must appear there, and keys that KV
 * does not take.
 */
final class KeySamples {

	private KeySamples() {
	}

	static Stream<Arguments> encoded() {
		return Stream.of(Arguments.of("session:aA0", "session%3AaA0"), Arguments.of("../", "..%2F"),
				Arguments.of("a/../../keys", "a%2F..%2F..%2Fkeys"), Arguments.of("%2e%2e", "%252e%252e"),
				Arguments.of("...", "..."), Arguments.of("é", "%C3%A9"), Arguments.of("\uD83D\uDE00", "%F0%9F%98%80"),
				Arguments.of("a b", "a%20b"), Arguments.of("+", "%2B"), Arguments.of("%", "%25"),
				Arguments.of("?x=1&y", "%3Fx%3D1%26y"), Arguments.of("#", "%23"), Arguments.of("/", "%2F"),
				Arguments.of("\\", "%5C"), Arguments.of(";a", "%3Ba"), Arguments.of("\u0000\r\n\u007f", "%00%0D%0A%7F"),
				Arguments.of("-._~", "-._~"),
				Arguments.of("!$'()*,@[]{}|^`\"<>", "%21%24%27%28%29%2A%2C%40%5B%5D%7B%7D%7C%5E%60%22%3C%3E"),
				Arguments.of("k".repeat(512), "k".repeat(512)), Arguments.of("é".repeat(256), "%C3%A9".repeat(256)));
	}

	static Stream<String> refused() {
		return Stream.of("", ".", "..", "k".repeat(513), "é".repeat(257), "\uD83D\uDE00".repeat(129), "a\uD83D",
				"\uDE00a", "\uDE00\uD83D");
	}

}
