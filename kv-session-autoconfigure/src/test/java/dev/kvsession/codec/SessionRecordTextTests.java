package dev.kvsession.codec;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The record's text, as the storage schema has it.
 */
class SessionRecordTextTests {

	private final JsonSessionCodec codec = Records.codec(JdkFallback.OFF);

	@Test
	void writesTheDocumentedText() {
		assertThat(this.codec.encode(Records.full())).isEqualTo("{\"schema\":1,\"rev\":\"01a0c44bc800-0003-w1\","
			.replace("01a0c44bc800-0003-w1", Records.AT.toString())
				+ "\"writer\":\"w1\",\"createdAt\":1790000000000,\"lastAccessedAt\":1790000005000,"
				+ "\"expiresAt\":1790604800000,\"maxInactiveInterval\":604800,"
				+ "\"maxInactiveIntervalAt\":\"000000000005-0000-w2\",\"claimNames\":[\"userId\",\"email\",\"roles\"],"
				+ "\"userId\":\"583231\",\"email\":null,\"roles\":[\"user\",{\"level\":5}],"
				+ "\"future\":{\"x\": 1.50},\"attributes\":{\"cart\":{\"at\":\"" + Records.AT
				+ "\",\"json\":{ \"a\" : [1.0E5, \"\\u00e9é😀\" ] }},\"old\":{\"at\":\"" + Records.AT
				+ "\",\"jdk\":\"rO0ABXQAAWE=\"}},\"removed\":{\"gone\":\"000000000006-0001-w3\"}}");
	}

	@Test
	void comesBack() {
		assertThat(this.codec.decode(this.codec.encode(Records.full()))).isEqualTo(Records.full());
	}

	@Test
	void leavesOutWhatIsNotThere() {
		String text = this.codec.encode(Records.with(Map.of()));
		assertThat(text).doesNotContain("expiresAt", "maxInactiveIntervalAt", "claimNames", "removed");
		assertThat(this.codec.decode(text)).isEqualTo(Records.with(Map.of()));
	}

	@Test
	@DisplayName("P9 a record of a newer schema is told apart, whatever else it holds")
	void tellsNewerSchemaApart() {
		assertThatExceptionOfType(NewerSchemaException.class)
			.isThrownBy(() -> this.codec.decode("{\"schema\":2,\"rev\":[],\"attributes\":5}"))
			.withMessageContaining("schema 2");
		assertThatExceptionOfType(NewerSchemaException.class)
			.isThrownBy(() -> this.codec.decode("{\"attributes\":5,\"schema\":9223372036854775807}"));
	}

	@Test
	@DisplayName("P9 unknown fields are kept")
	void keepsUnknownFields() {
		String text = this.codec.encode(Records.full())
			.replace("{\"schema\"", "{\"new\" : [ 1e3,{\"a\":\"\\/\"} ] ,\"schema\"");
		SessionRecord record = this.codec.decode(text);
		assertThat(record.unknown()).containsEntry("new", "[ 1e3,{\"a\":\"\\/\"} ]")
			.containsEntry("future", "{\"x\": 1.50}");
		assertThat(this.codec.encode(record)).contains("\"new\":[ 1e3,{\"a\":\"\\/\"} ]");
	}

	@Test
	@DisplayName("P9 an attribute in a newer format is kept, and unreadable")
	void keepsNewerFormat() {
		StoredAttribute attribute = new StoredAttribute(Records.AT, "cbor", "{\"v\":[1, 2]}");
		String text = this.codec.encode(Records.with(Map.of("a", attribute)));
		assertThat(this.codec.decode(text).attributes()).containsExactly(Map.entry("a", attribute));
		assertThatExceptionOfType(UnreadableAttributeException.class)
			.isThrownBy(() -> this.codec.decodeAttribute("a", attribute))
			.withMessageContaining("'a'")
			.withMessageContaining("newer version");
	}

	@Test
	@DisplayName("P9 unknown fields of an envelope are kept, and its value stays readable")
	void keepsUnknownFieldsOfEnvelope() {
		StoredAttribute plain = new StoredAttribute(Records.AT, "json", "\"x\"");
		String envelope = "{\"key\": 1.0,\"at\":\"" + Records.AT + "\", \"json\":\"x\",\"{}\":0}";
		String text = this.codec.encode(Records.with(Map.of("a", plain)))
			.replace("{\"at\":\"" + Records.AT + "\",\"json\":\"x\"}", envelope);
		SessionRecord record = this.codec.decode(text);
		assertThat(this.codec.encode(record)).isEqualTo(text).contains(envelope);
		assertThat(record.attributes().get("a").at()).isEqualTo(Records.AT);
		assertThat(this.codec.decodeAttribute("a", record.attributes().get("a"))).isEqualTo("x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "schema", "rev", "writer", "createdAt", "lastAccessedAt", "expiresAt",
			"maxInactiveInterval", "maxInactiveIntervalAt", "claimNames", "attributes", "removed" })
	void refusesReservedClaims(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(claim(name, "x")))
			.withMessageContaining("'" + name + "'")
			.withMessageContaining("SessionClaims");
	}

	@Test
	void refusesClaimsThatAreNotJson() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(claim("c", Instant.EPOCH)))
			.withMessageContaining("'c'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(claim("c", Double.NaN)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(claim("c", Map.of(1, 2))));
		List<Object> loop = new ArrayList<>();
		loop.add(loop);
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(claim("c", loop)));
	}

	@Test
	void refusesWhatItCouldNotReadAgain() {
		List<Object> deep = List.of();
		for (int i = 0; i < 300; i++) {
			deep = List.of(deep);
		}
		for (Object claim : List.of(deep, BigInteger.TEN.pow(2000))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(claim("c", claim)));
		}
	}

	@Test
	void namesMayBeLong() {
		StoredAttribute attribute = new StoredAttribute(Records.AT, "json", "1");
		SessionRecord record = Records.with(Map.of("n".repeat(60_000), attribute));
		assertThat(this.codec.decode(this.codec.encode(record)).attributes()).isEqualTo(record.attributes());
	}

	@Test
	void writesNumbersOfClaimsExactly() {
		SessionRecord record = claim("c", List.of(1L << 53, 0.1, 1.5f, -7));
		assertThat(this.codec.encode(record)).contains("\"c\":[9007199254740992,0.1,1.5,-7]");
		assertThat(this.codec.encode(this.codec.decode(this.codec.encode(record))))
			.isEqualTo(this.codec.encode(record));
	}

	@Test
	void aClaimReplacesAnUnknownFieldOfItsName() {
		SessionRecord full = Records.full();
		SessionRecord record = new SessionRecord(full.rev(), full.createdAt(), full.lastAccessedAt(), null,
				Duration.ZERO, null, Map.of("future", 1), Map.of(), Map.of(), full.unknown());
		assertThat(this.codec.decode(this.codec.encode(record)).claims()).isEqualTo(Map.of("future", 1));
	}

	@Test
	void refusesTimesThatOthersCannotRead() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(created(Instant.MAX)))
			.withMessageContaining("'createdAt'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(created(Instant.ofEpochMilli(-1))));
	}

	@Test
	void escapesWhatUtf8CannotHold() {
		String text = this.codec.encode(claim("c\uD800", "a\uDC00\uD83D\uDE00\uD83D"));
		assertThat(text).contains("\"a\\udc00\uD83D\uDE00\\ud83d\"");
		assertThat(this.codec.decode(text).claims()).isEqualTo(Map.of("c\uD800", "a\uDC00\uD83D\uDE00\uD83D"));
	}

	private static SessionRecord claim(String name, Object value) {
		return new SessionRecord(Records.AT, Records.NOW, Records.NOW, null, Duration.ofSeconds(-1), null,
				Map.of(name, value), Map.of(), Map.of(), Map.of());
	}

	private static SessionRecord created(Instant created) {
		return new SessionRecord(Records.AT, created, Records.NOW, null, Duration.ZERO, null, Map.of(), Map.of(),
				Map.of(), Map.of());
	}

}
