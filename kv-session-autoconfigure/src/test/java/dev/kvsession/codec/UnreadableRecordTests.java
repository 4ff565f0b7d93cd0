package dev.kvsession.codec;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.codec.shop.Bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Damaged and foreign text, with a secret in it that must not come out.
 */
class UnreadableRecordTests {

	private static final String SECRET = "s3cr3tT0k3n";

	private final JsonSessionCodec codec = Records.codec(JdkFallback.ON);

	static Stream<String> foreign() {
		String valid = valid();
		return Stream.of("", " ", "\u0000", SECRET, "\"" + SECRET + "\"", "[\"" + SECRET + "\"]", "null", "1", "{}",
				"<html>" + SECRET + "</html>", valid + SECRET, valid + "{}", valid + ",", "\uFEFF" + valid,
				"{\"schema\":1,\"schema\":1,\"x\":\"" + SECRET + "\"}", valid.replace("\"writer\"", "\"rev\""),
				valid.replace("\"schema\":1", "\"schema\":0"),
				valid.replace("\"schema\":1", "\"schema\":\"" + SECRET + "\""),
				valid.replace("\"schema\":1", "\"schema\":1.0"), valid.replace("\"schema\":1,", ""),
				valid.replace("\"createdAt\":1790000000000", "\"createdAt\":-1"),
				valid.replace("\"createdAt\":1790000000000", "\"createdAt\":99999999999999999999999999"),
				valid.replace("\"createdAt\":1790000000000", "\"createdAt\":9223372036854775807"),
				valid.replace("\"createdAt\":1790000000000", "\"createdAt\":1e400"),
				valid.replace("\"createdAt\":1790000000000", "\"createdAt\":null"),
				valid.replace("\"createdAt\":1790000000000", "\"createdAt\":" + "9".repeat(100_000)),
				valid.replace("\"lastAccessedAt\":1790000005000", "\"lastAccessedAt\":253402300799999"),
				valid.replace("\"rev\":\"" + Records.AT, "\"rev\":\"ffffffffffff-ffff-z"),
				valid.replace("\"at\":\"" + Records.AT, "\"at\":\"ffffffffffff-ffff-z"),
				valid.replace(":604800", ":-999999999999999"), valid.replace("\"rev\":\"", "\"rev\":\"" + SECRET),
				valid.replace("\"attributes\":{", "\"attributes\":[{").replace("},\"removed\"", "}],\"removed\""),
				valid.replace("{\"at\":", "{\"" + SECRET + "\":"), valid.replace("\"json\":", "\"at\":"),
				valid.replace("\"removed\":{", "\"removed\":{\"x\":\"" + SECRET + "\","),
				valid.replace("\"claimNames\":[", "\"claimNames\":[null,"),
				valid.replace("\"claimNames\":[", "\"claimNames\":[{},"),
				valid.replace("{\"schema\"", "{\"deep\":" + "[".repeat(100_000) + ",\"schema\""),
				valid.replace("{\"schema\"", "{\"deep\":" + "[".repeat(1000) + "]".repeat(1000) + ",\"schema\""),
				valid.replace("{\"schema\"", "{\"n\":" + "1".repeat(2_000_000) + "x,\"schema\""),
				valid.replace("\"" + SECRET, "\"\\x" + SECRET), valid.replace("\"" + SECRET, SECRET));
	}

	private static String valid() {
		StoredAttribute secret = new StoredAttribute(Records.AT, "json", "\"" + SECRET + "\"");
		SessionRecord full = Records.full();
		return Records.codec(JdkFallback.OFF)
			.encode(new SessionRecord(full.rev(), full.createdAt(), full.lastAccessedAt(), full.expiresAt(),
					full.maxInactiveInterval(), full.maxInactiveIntervalAt(), Map.of("c", SECRET),
					Map.of("token", secret), full.removed(), Map.of("future", "\"" + SECRET + "\"")));
	}

	@ParameterizedTest
	@MethodSource("foreign")
	@DisplayName("P12 a record that cannot be read says why, without its values")
	void saysWhyWithoutValues(String text) {
		assertUnreadable(text);
	}

	@Test
	@DisplayName("P9 a record cut off anywhere is unreadable, nothing else")
	void isUnreadableWhereverCutOff() {
		String valid = valid();
		assertThat(this.codec.decode(valid).attributes()).containsKey("token");
		for (int length = 0; length < valid.length(); length++) {
			assertUnreadable(valid.substring(0, length));
		}
	}

	@Test
	@DisplayName("P9 a record with any one character lost is unreadable, newer or read, nothing else")
	void survivesLostCharacters() {
		String valid = valid();
		for (int i = 0; i < valid.length(); i++) {
			String damaged = new StringBuilder(valid).deleteCharAt(i).toString();
			Throwable failure = catchThrowable(() -> this.codec.decode(damaged));
			assertThat(failure == null || failure instanceof UnreadableRecordException).isTrue();
		}
	}

	@Test
	@DisplayName("P12 an attribute that cannot be read or stored says why, without its value")
	void attributesKeepTheirValues() {
		List<String> raws = List.of("{\"@class\":\"" + SECRET + "\"}", "[\"" + SECRET + "\",1]",
				"[\"java.time.Instant\",\"" + SECRET + "\"]", "[\"java.net.URL\",\"" + SECRET + "\"]",
				"{\"@class\":\"java.util.HashMap\",\"#" + SECRET + ":1\":1}", SECRET, "\"" + SECRET,
				"{\"@class\":\"dev.kvsession.codec.shop.Item\",\"id\":\"" + SECRET + "\"}", "null",
				"[\"java.util.UUID\",\"" + SECRET + "\"]", "[\"java.util.ArrayList<" + SECRET + ">\",[]]");
		for (String raw : raws) {
			StoredAttribute attribute = new StoredAttribute(Records.AT, "json", raw);
			assertThatExceptionOfType(UnreadableAttributeException.class)
				.isThrownBy(() -> this.codec.decodeAttribute("token", attribute))
				.satisfies(UnreadableRecordTests::assertNoSecret)
				.withMessageContaining("'token'");
		}
		for (Object value : List.of(new java.io.File(SECRET), List.of(new java.io.File(SECRET)),
				Map.of(new java.io.File(SECRET), 1), new Bare(SECRET), List.of(new Bare(SECRET)))) {
			assertThatExceptionOfType(AttributeEncodingException.class)
				.isThrownBy(() -> this.codec.encodeAttribute("token", value, Records.AT))
				.satisfies(UnreadableRecordTests::assertNoSecret);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "[1]", "{\"a\":1}", "{\"@class\":null}", "{\"@class\":{}}", "[null,1]",
			"{\"@class\":\"org.springframework.security.core.context.SecurityContextImpl\",\"authentication\":{}}" })
	@DisplayName("P9 an attribute without a type is unreadable, nothing else")
	void attributesWithoutTypeAreUnreadable(String raw) {
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.codec.decodeAttribute("a", new StoredAttribute(Records.AT, "json", raw)));
	}

	@Test
	void aTypeThatCannotBeInitializedIsUnreadable() {
		StoredAttribute broken = new StoredAttribute(Records.AT, "json",
				"{\"@class\":\"dev.kvsession.codec.shop.Broken\",\"id\":1}");
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(UnreadableAttributeException.class)
				.isThrownBy(() -> this.codec.decodeAttribute("a", broken))
				.satisfies(UnreadableRecordTests::assertNoSecret);
		}
	}

	@Test
	void namesOfAttributesForgeNoLogLines() {
		StoredAttribute attribute = new StoredAttribute(Records.AT, "json", "{}");
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.codec.decodeAttribute("a\r\nWARN \u2028\u001b[0m", attribute))
			.withMessageContaining("'a??WARN ??[0m'");
		assertThatExceptionOfType(AttributeEncodingException.class)
			.isThrownBy(() -> this.codec.encodeAttribute("a\nb", new java.io.File("x"), Records.AT))
			.withMessageContaining("'a?b'");
	}

	private void assertUnreadable(String text) {
		assertThatExceptionOfType(UnreadableRecordException.class).isThrownBy(() -> this.codec.decode(text))
			.satisfies(UnreadableRecordTests::assertNoSecret)
			.withMessageStartingWith("The session record cannot be read: ");
	}

	private static void assertNoSecret(Throwable failure) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		assertThat(trace.toString()).doesNotContain(SECRET).doesNotContain(SECRET.substring(0, 6));
	}

}
