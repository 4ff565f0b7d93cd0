package dev.kvsession.session.protection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.UuidSessionIdGenerator;

import dev.kvsession.crypto.KeyRing;
import dev.kvsession.session.settings.SecureSessionIdGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ProtectedIdsTests {

	private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

	private final ProtectedIds signing = ids(ProtectionMode.REQUIRED, null, "namespace", Keys.A);

	private static ProtectedIds ids(@Nullable ProtectionMode signing, @Nullable ProtectionMode hashing, String scope,
			String... keys) {
		return ids(new SecureSessionIdGenerator(), signing, hashing, scope, keys);
	}

	private static ProtectedIds ids(SessionIdGenerator generator, @Nullable ProtectionMode signing,
			@Nullable ProtectionMode hashing, String scope, String... keys) {
		IdSigner signer = (signing != null) ? new IdSigner(KeyRing.of(List.of(keys)), signing, scope) : null;
		return new ProtectedIds(generator, signer, hashing, true, () -> NOW);
	}

	@Test
	@DisplayName("P2 an id with any character changed, dropped or doubled is refused")
	void everyCharacterCounts() {
		String id = this.signing.generate("tenant");
		assertThat(this.signing.test(id)).isTrue();
		for (int at = 0; at < id.length(); at++) {
			for (char other : "aB0-_.~".toCharArray()) {
				String changed = id.substring(0, at) + other + id.substring(at + 1);
				assertThat(changed.equals(id) || !this.signing.test(changed)).as("at %d", at).isTrue();
			}
			assertThat(this.signing.test(id.substring(0, at))).isFalse();
			assertThat(this.signing.test(id.substring(0, at) + id.substring(at + 1))).isFalse();
			assertThat(this.signing.test(id.substring(0, at) + id.charAt(at) + id.substring(at))).isFalse();
		}
		assertThat(this.signing.test(id + "=")).isFalse();
	}

	@Test
	@DisplayName("P2 parts of two genuine ids make none")
	void partsCannotBeSwapped() {
		String[] one = this.signing.generate("tenant").split("\\.");
		String[] other = ids(ProtectionMode.REQUIRED, null, "namespace", Keys.A, Keys.B).generate("another")
			.split("\\.");
		assertThat(one).hasSize(6);
		for (int part = 3; part < one.length; part++) {
			String[] mixed = one.clone();
			mixed[part] = other[part];
			assertThat(this.signing.test(String.join(".", mixed))).as("part %d", part).isFalse();
		}
	}

	@Test
	@DisplayName("P2 an id of another namespace or key, or without a signature, is refused")
	void belongsToOneScope() {
		assertThat(this.signing.test(ids(ProtectionMode.WRITE, null, "staging", Keys.A).generate(null))).isFalse();
		assertThat(this.signing.test(ids(ProtectionMode.WRITE, null, "namespace", Keys.B).generate(null))).isFalse();
		String sameName = "a:" + Keys.B.substring(2);
		assertThat(this.signing.test(ids(ProtectionMode.WRITE, null, "namespace", sameName).generate(null))).isFalse();
		assertThat(this.signing.test(new SecureSessionIdGenerator().generate())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", ".....", "s.....", "s.a.....", "sh.a.b.c.d.e", "s.a.zzzzzzzzzzzzzzzz..x.y",
			"s.a.-1..x.y", "s.a.1..", "h.", "s.\u0000.1..x.y" })
	@DisplayName("P2 what only resembles an id is refused")
	void refusesOddities(String id) {
		assertThat(this.signing.test(id)).isFalse();
		assertThat(this.signing.isYoung(id, NOW.toEpochMilli())).isFalse();
		assertThat(ids(ProtectionMode.WRITE, ProtectionMode.WRITE, "namespace", Keys.A).test(id)).isFalse();
	}

	@Test
	@DisplayName("P5 an id of one tenant is nobody's at another, nor where there is none")
	void belongsToOneTenant() {
		String id = this.signing.generate("a");
		assertThat(this.signing.isOf("a", id)).isTrue();
		assertThat(this.signing.isOf("b", id)).isFalse();
		assertThat(this.signing.isOf(null, id)).isFalse();
		assertThat(this.signing.isOf("a", this.signing.generate(null))).isFalse();
		assertThat(this.signing.isOf("a", new SecureSessionIdGenerator().generate())).isFalse();
		assertThat(this.signing.isOf("a", this.signing.generateLike(id))).isTrue();
	}

	@Test
	@DisplayName("P8 an id is young for as long as KV may not show its session")
	void isYoung() {
		String id = this.signing.generate(null);
		assertThat(this.signing.isYoung(id, NOW.toEpochMilli())).isTrue();
		assertThat(this.signing.isYoung(id, NOW.plus(Duration.ofMinutes(2)).toEpochMilli())).isTrue();
		assertThat(this.signing.isYoung(id, NOW.plus(Duration.ofMinutes(3)).toEpochMilli())).isFalse();
		assertThat(this.signing.isYoung(id, NOW.minus(Duration.ofMinutes(1)).toEpochMilli())).isFalse();
	}

	@ParameterizedTest
	@EnumSource(ProtectionMode.class)
	@DisplayName("P5 each mode accepts what the modes beside it make")
	void neighboursUnderstandEachOther(ProtectionMode mode) {
		ProtectedIds mine = ids(mode, mode, "namespace", Keys.A);
		Stream.of(ProtectionMode.values())
			.filter((other) -> Math.abs(other.ordinal() - mode.ordinal()) <= 1)
			.filter((other) -> mode != ProtectionMode.REQUIRED || other != ProtectionMode.READ)
			.forEach((other) -> assertThat(mine.test(ids(other, other, "namespace", Keys.A).generate(null)))
				.as("%s", other)
				.isTrue());
		assertThat(mine.isCurrent(mine.generate(null))).isTrue();
		assertThat(mine.isCurrent(new SecureSessionIdGenerator().generate())).isEqualTo(mode == ProtectionMode.READ);
	}

	@Test
	@DisplayName("P5 the name of a hashed key, as a listing shows it, is no id")
	void listedNamesAreNoIds() {
		ProtectedIds hashing = ids(null, ProtectionMode.WRITE, "namespace");
		String id = hashing.generate(null);
		String name = hashing.storageNames().apply(id);
		assertThat(name).startsWith("=").hasSize(44).doesNotContain(id.substring(2));
		assertThat(hashing.test(id)).isTrue();
		assertThat(hashing.test(name)).isFalse();
		assertThat(hashing.test(name.substring(1))).as("as an id that is stored as it is").isTrue();
		assertThat(hashing.storageNames().apply(name.substring(1))).as("stands under another key").isNotEqualTo(name);
		assertThat(ids(null, ProtectionMode.REQUIRED, "namespace").test(name.substring(1))).isFalse();
	}

	@Test
	@DisplayName("P2 what any other generator makes can be signed and hashed")
	void wrapsForeignIds() {
		for (SessionIdGenerator generator : List.<SessionIdGenerator>of(UuidSessionIdGenerator.getInstance(),
				() -> "tomcat.like.id.with-dots~and_more", () -> "x".repeat(128))) {
			ProtectedIds ids = ids(generator, ProtectionMode.REQUIRED, ProtectionMode.REQUIRED, "namespace", Keys.A);
			String id = ids.generate("tenant");
			assertThat(ids.test(id)).isTrue();
			assertThat(ids.isOf("tenant", id)).isTrue();
			assertThat(ids.isCurrent(id)).isTrue();
			assertThat(ids.test(generator.generate())).isFalse();
		}
	}

	@Test
	@DisplayName("P12 neither an id nor a key is in any text about them")
	void showsNothing() {
		String id = this.signing.generate(null);
		assertThat(String.valueOf(SignedId.parse(id))).doesNotContain(id.split("\\.")[4]);
		assertThat(KeyRing.of(List.of(Keys.A, Keys.B)).toString()).isEqualTo("KeyRing[NamedKey[a], NamedKey[b]]");
		assertThat(SessionProtection.in("n").withSignedIds(List.of(Keys.A), ProtectionMode.WRITE).toString())
			.doesNotContain(Keys.A.substring(2));
	}

	@Test
	@DisplayName("P5 an id whose form only resembles a signed one is of no tenant, and gives none to the next id")
	void tenantsNeedASignature() {
		ProtectedIds accepting = ids(() -> "x".repeat(16), ProtectionMode.WRITE, null, "namespace", Keys.A);
		String madeUp = "x" + accepting.generate("a").substring(1);
		assertThat(accepting.test(madeUp)).as("as an id from before").isTrue();
		assertThat(accepting.isOf("a", madeUp)).isFalse();
		assertThat(accepting.isOf("a", accepting.generateLike(madeUp))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "short", "with a space in it", "s.looks-like-a-signed-one", "sh.looks-like-both-of-them",
			"h.looks-like-a-hashed-one" })
	@DisplayName("P2 an id of a generator that could not be recognised again is not handed out")
	void refusesWhatItCouldNotRecognise(String made) {
		assertThatIllegalStateException()
			.isThrownBy(() -> ids(() -> made, null, ProtectionMode.WRITE, "namespace").generate(null))
			.withMessageContaining("SessionIdGenerator")
			.withMessageNotContaining(made);
	}

	@Test
	@DisplayName("P12 one key under two names is refused, and not shown")
	void refusesOneKeyTwice() {
		assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.of(List.of(Keys.A, "b:" + Keys.A.substring(2))))
			.withMessageContaining("key 2 is the same")
			.withMessageNotContaining(Keys.A.substring(2));
	}

}
