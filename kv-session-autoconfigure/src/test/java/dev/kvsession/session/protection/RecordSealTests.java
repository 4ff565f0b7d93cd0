package dev.kvsession.session.protection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kvsession.codec.NewerSchemaException;
import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.crypto.KeyRing;
import dev.kvsession.crypto.Seal;
import dev.kvsession.session.World;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecordSealTests {

	private static final String KEY = "session:one";

	private static final String RECORD = """
			{"schema":1,"rev":"019b76db8a6d-0000-i0","writer":"i0","createdAt":1790000000000,"lastAccessedAt":1790000000000,\
			"expiresAt":1790604800000,"maxInactiveInterval":604800,"claimNames":["userId"],"userId":"octocat",\
			"attributes":{"cart":{"at":"019b76db8a6d-0000-i0","json":"secret"}}}""";

	private final RecordSeal seal = seal(ProtectionMode.WRITE, ClaimsOutside.NONE, "namespace", Keys.A);

	private static RecordSeal seal(ProtectionMode mode, ClaimsOutside claims, String scope, String... keys) {
		return new RecordSeal(KeyRing.of(List.of(keys)), mode, claims, scope);
	}

	private static void refused(RecordSeal seal, String key, String stored) {
		assertThatExceptionOfType(UnreadableRecordException.class).isThrownBy(() -> seal.openRecord(key, stored));
	}

	@Test
	@DisplayName("P9 a sealed record comes back as it was, and shows nothing")
	void comesBack() {
		String stored = this.seal.sealRecord(KEY, RECORD);
		assertThat(this.seal.openRecord(KEY, stored)).isEqualTo(RECORD);
		assertThat(stored).startsWith("{\"schema\":2,\"sealed\":\"a.")
			.doesNotContain("octocat", "1790000000000", "cart", "secret");
		assertThat(this.seal.sealRecord(KEY, RECORD)).as("another nonce").isNotEqualTo(stored);
	}

	@Test
	@DisplayName("P9 a sealed record with any byte changed or cut off does not open")
	void everyByteCounts() {
		String stored = this.seal.sealRecord(KEY, RECORD);
		int begin = stored.indexOf("a.") + 2;
		byte[] bytes = Base64.getUrlDecoder().decode(stored.substring(begin, stored.lastIndexOf('"')));
		for (int at = 0; at < bytes.length; at++) {
			byte[] changed = bytes.clone();
			changed[at] ^= 1;
			refused(this.seal, KEY, sealed("a", changed));
			refused(this.seal, KEY, sealed("a", Arrays.copyOf(bytes, at)));
		}
		assertThat(this.seal.openRecord(KEY, sealed("a", bytes))).isEqualTo(RECORD);
		for (int length = "{\"schema\":2,\"sealed\":\"".length(); length < stored.length(); length++) {
			refused(this.seal, KEY, stored.substring(0, length));
		}
	}

	private static String sealed(String name, byte[] bytes) {
		return "{\"schema\":2,\"sealed\":\"" + name + "."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\"}";
	}

	@Test
	@DisplayName("P9 a record of another session, namespace or key does not open")
	void isBoundToItsPlace() {
		String stored = this.seal.sealRecord(KEY, RECORD);
		refused(this.seal, "session:other", stored);
		refused(seal(ProtectionMode.WRITE, ClaimsOutside.NONE, "staging", Keys.A), KEY, stored);
		refused(seal(ProtectionMode.WRITE, ClaimsOutside.NONE, "namespace", "a:" + Keys.B.substring(2)), KEY, stored);
		assertThatExceptionOfType(UnreadableRecordException.class)
			.isThrownBy(
					() -> seal(ProtectionMode.WRITE, ClaimsOutside.NONE, "namespace", Keys.B).openRecord(KEY, stored))
			.withMessageContaining("the key 'a'")
			.withMessageContaining("encryption.keys");
	}

	@Test
	@DisplayName("P9 keys are exchanged without losing a record")
	void keysAreExchanged() {
		String stored = this.seal.sealRecord(KEY, RECORD);
		assertThat(seal(ProtectionMode.WRITE, ClaimsOutside.NONE, "namespace", Keys.B, Keys.A).openRecord(KEY, stored))
			.isEqualTo(RECORD);
		assertThat(seal(ProtectionMode.READ, ClaimsOutside.NONE, "namespace", Keys.A).openRecord(KEY, stored))
			.isEqualTo(RECORD);
	}

	@Test
	@DisplayName("P9 a readable record is refused where encryption is required, and else accepted")
	void downgrade() {
		assertThat(this.seal.openRecord(KEY, RECORD)).isEqualTo(RECORD);
		refused(seal(ProtectionMode.REQUIRED, ClaimsOutside.NONE, "namespace", Keys.A), KEY, RECORD);
		assertThat(seal(ProtectionMode.READ, ClaimsOutside.NONE, "namespace", Keys.A).sealRecord(KEY, RECORD))
			.isEqualTo(RECORD);
	}

	@Test
	@DisplayName("P9 a readable copy says what is sealed, or the record is refused")
	void theCopyIsCompared() {
		RecordSeal readable = seal(ProtectionMode.WRITE, ClaimsOutside.READABLE, "namespace", Keys.A);
		String stored = readable.sealRecord(KEY, RECORD);
		assertThat(stored).contains("\"userId\":\"octocat\"", "\"expiresAt\":1790604800000")
			.doesNotContain("cart", "secret", "rev");
		assertThat(readable.openRecord(KEY, stored)).isEqualTo(RECORD);
		refused(readable, KEY, stored.replace("octocat", "admin"));
		refused(readable, KEY, stored.replace("1790604800000", "1990604800000"));
		refused(readable, KEY, stored.replace(",\"expiresAt\":1790604800000", ""));
		refused(readable, KEY, stored.replace("}", ",\"role\":\"admin\"}"));
		refused(this.seal, KEY, stored.replace("octocat", "admin"));
	}

	@Test
	@DisplayName("P9 claims of any name come back with a readable copy")
	void claimsHaveAnyName() {
		RecordSeal readable = seal(ProtectionMode.WRITE, ClaimsOutside.READABLE, "namespace", Keys.A);
		for (String name : List.of("a \\\"quoted\\\" one", "line\\nfeed", "back\\\\slash", "sealed", "\\ud800",
				"\u20AC")) {
			String record = RECORD.replace("\"userId\"", "\"" + name + "\"");
			assertThat(readable.openRecord(KEY, readable.sealRecord(KEY, record))).isEqualTo(record);
		}
	}

	@Test
	@DisplayName("P9 what swells beyond KV's largest value does not")
	void boundsWhatItExpands() throws IOException {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(bomb, new Deflater(9, true))) {
			for (int i = 0; i < 30; i++) {
				out.write(new byte[1024 * 1024]);
			}
		}
		byte[] bytes = new Seal(KeyRing.of(List.of(Keys.A))
			.first()
			.derive("session record, AES-256-GCM, version 1\nnamespace", Seal.ALGORITHM)).seal(bomb.toByteArray(), KEY);
		refused(this.seal, KEY, sealed("a", bytes));
	}

	@Test
	@DisplayName("P9 a version that knows no encryption leaves a sealed record alone")
	void isOfANewerSchema() {
		String stored = this.seal.sealRecord(KEY, RECORD);
		assertThatExceptionOfType(NewerSchemaException.class).isThrownBy(() -> World.CODEC.decode(stored));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "A", "123456789", "a\\n", "a b", "a'" })
	@DisplayName("P12 a record that names an impossible key is unreadable, and the name is in no message")
	void refusesKeyNames(String name) {
		String stored = this.seal.sealRecord(KEY, RECORD).replace("\"a.", "\"" + name + ".");
		assertThatExceptionOfType(UnreadableRecordException.class).isThrownBy(() -> this.seal.openRecord(KEY, stored))
			.withMessageContaining("'sealed' names no key");
	}

}
