package dev.kvsession.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What nobody touches is written back byte for byte: random JSON of every form, with
 * white space, escapes and characters of all planes, in attributes, envelopes and unknown
 * fields.
 */
class ByteForByteTests {

	private static final int RECORDS = 2_000;

	private static final String[] SCALARS = { "0", "-0", "1.0E5", "1e-7", "123456789012345678901234567890", "-1.50",
			"true", "false", "null", "\"\"", "\"\\u00e9\"", "\"é\\/\\\"\\\\\"", "\"😀\"", "\"\\uD83D\\uDE00\"",
			"\"\u2028\"", "\"}],{[\"", "\"\\t\\b\"", "\"" + "x😀".repeat(3000) + "\"" };

	private static final String[] SPACES = { "", " ", "\n", "\t ", "\r\n", "  " };

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	@DisplayName("P4 untouched attributes are written back byte for byte")
	void keepsEveryByte(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < RECORDS; i++) {
			Map<String, String> attributes = values(random);
			Map<String, String> unknown = values(random);
			String text = record(attributes, unknown, random);
			SessionRecord record = this.codec.decode(text);
			attributes.forEach((name, raw) -> assertThat(record.attributes().get(name).raw()).isEqualTo(raw));
			assertThat(record.unknown()).isEqualTo(unknown);
			assertThat(this.codec.decode(this.codec.encode(record))).isEqualTo(record);
		}
	}

	private static Map<String, String> values(Random random) {
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = random.nextInt(4); i > 0; i--) {
			values.put("n" + i + "é😀", value(random, 4));
		}
		return values;
	}

	private static String record(Map<String, String> attributes, Map<String, String> unknown, Random random) {
		StringBuilder text = new StringBuilder(space(random)).append("{\"schema\":1 ,\"rev\":\"").append(Records.AT);
		text.append("\",\"writer\":\"w1\",\"createdAt\":1,\"lastAccessedAt\":2,\"maxInactiveInterval\":3");
		unknown.forEach((name, raw) -> text.append(",").append(member(name, raw, random)));
		text.append(",\"attributes\":{");
		String[] separator = { "" };
		attributes.forEach((name, raw) -> {
			String envelope = "{\"at\":\"" + Records.AT + "\"," + member("json", raw, random) + "}";
			text.append(separator[0]).append(member(name, envelope, random));
			separator[0] = ",";
		});
		return text.append("}").append(space(random)).append("}").append(space(random)).toString();
	}

	private static String member(String name, String raw, Random random) {
		return space(random) + "\"" + name + "\"" + space(random) + ":" + space(random) + raw + space(random);
	}

	private static String value(Random random, int depth) {
		int kind = (depth == 0) ? 0 : random.nextInt(4);
		if (kind < 2) {
			return SCALARS[random.nextInt(SCALARS.length)];
		}
		StringBuilder text = new StringBuilder((kind == 2) ? "[" : "{").append(space(random));
		int size = random.nextInt(4);
		for (int i = 0; i < size; i++) {
			text.append((i > 0) ? "," : "");
			String value = value(random, depth - 1);
			text.append((kind == 2) ? space(random) + value + space(random) : member("k\\n" + i, value, random));
		}
		return text.append((kind == 2) ? "]" : "}").toString();
	}

	private static String space(Random random) {
		return SPACES[random.nextInt(SPACES.length)];
	}

}
