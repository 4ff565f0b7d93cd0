package dev.kvsession.session.vector;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.session.protection.ClaimsOutside;
import dev.kvsession.session.settings.SecurityContexts;

/**
 * Records that are sealed, and what somebody may have made of them.
 */
final class VectorSealedRecords {

	private static final String A = VectorProtection.KEY_A;

	private static final String BOTH = VectorProtection.KEY_B + "," + A;

	private static final Map<String, String> SEALED = VectorProtection.env(null, A, null);

	private static final Map<String, String> REQUIRED = VectorProtection.env(null, A, "sealed");

	private static final Map<String, String> ALL = VectorProtection.env(A, A, "signed hashed sealed");

	private static final Map<String, Object> CLAIMS = claims();

	/** Bytes of a nonce in base64url. */
	private static final int NONCE = 16;

	private final List<Vector> before;

	private VectorSealedRecords(List<Vector> before) {
		this.before = before;
	}

	/**
	 * @param file what was written before: as nonces are random, a record that is sealed
	 * there as it would be now stays
	 */
	static Stream<Vector> all(String file) {
		return new VectorSealedRecords(VectorFiles.read(VectorFiles.JAVA).getOrDefault(file, List.of())).all();
	}

	private Stream<Vector> all() {
		Vector sealed = sealed("sealed", SEALED, false, ClaimsOutside.NONE);
		Vector copied = sealed("with a readable copy", SEALED, false, ClaimsOutside.READABLE);
		Vector all = sealed("signed, hashed and sealed", ALL, true, ClaimsOutside.READABLE);
		return Stream
			.of(Stream.of(sealed, copied, all), rotated(sealed), unsealed(), ends(all), changed(sealed), moved(sealed),
					changedCopies(copied))
			.flatMap((vectors) -> vectors);
	}

	private static Stream<Vector> rotated(Vector sealed) {
		return Stream.of(sealed.named("sealed with the second key").in(VectorProtection.env(null, BOTH, "sealed")),
				sealed.named("an unknown key")
					.in(VectorProtection.env(null, VectorProtection.KEY_B, null))
					.refused("unreadable"),
				sealed.named("a key of the same name")
					.in(VectorProtection.env(null, "a" + VectorProtection.KEY_B.substring(2), null))
					.refused("unreadable"),
				sealed.named("another namespace's")
					.in(VectorProtection.inNamespace("ce11000000000000000000000000e003", SEALED))
					.refused("unreadable"),
				sealed.named("no keys").in(VectorProtection.env(null, null, null)).refused("newer-schema"));
	}

	private Stream<Vector> unsealed() {
		Vector plain = made("not sealed, which is not required", VectorProtection.env(null, null, null), false,
				ClaimsOutside.NONE)
			.in(SEALED);
		return Stream.of(plain, plain.named("not sealed").in(REQUIRED).refused("unreadable"),
				plain.named("not sealed, of a newer schema")
					.withRecord(plain.record().replace("\"schema\":1,", "\"schema\":2,"))
					.refused("newer-schema"));
	}

	private static Stream<Vector> ends(Vector all) {
		Vector gone = new Vector("gone", all.id(), all.stored(), all.env(), all.cookie(), null, all.record(),
				"{\"schema\":1,\"at\":1790000000000,\"reason\":\"deleted\"}", null, all.now(), null, "gone");
		return Stream.of(gone, all.named("expired").at(all.expected().expiresAt()).refused("expired"));
	}

	private static Stream<Vector> changed(Vector sealed) {
		String record = sealed.record();
		int bytes = record.indexOf('.') + 1;
		int end = record.length() - "\"}".length();
		Vector two = sealed.in(VectorProtection.env(null, BOTH, null));
		return Stream.of(damaged(sealed, "another nonce", flipped(record, bytes)),
				damaged(sealed, "another ciphertext", flipped(record, bytes + NONCE)),
				damaged(sealed, "another tag", flipped(record, end - 2)),
				damaged(sealed, "unused bits are set", unusedBits(record, bytes, end)),
				damaged(sealed, "cut short", record.substring(0, end - 4) + "\"}"),
				damaged(sealed, "shorter than a nonce", record.substring(0, bytes) + "AAAA\"}"),
				damaged(sealed, "no bytes", record.substring(0, bytes) + "\"}"),
				damaged(sealed, "no key", record.replace("\"a.", "\"")),
				damaged(sealed, "not Base64", record.substring(0, bytes) + "!" + record.substring(bytes + 1)),
				damaged(sealed, "more behind", record + "x"), damaged(sealed, "no end", record.substring(0, end + 1)),
				damaged(two, "the other key", record.replace("\"a.", "\"b2.")),
				damaged(sealed, "the schema of readable ones", record.replace("\"schema\":2", "\"schema\":1")),
				sealed.named("a newer schema")
					.withRecord(record.replace("\"schema\":2", "\"schema\":3"))
					.refused("newer-schema"));
	}

	private static Stream<Vector> moved(Vector sealed) {
		String other = VectorWriter.id(new byte[32]);
		return Stream.of(new Vector("moved from another key", other, null, sealed.env(), VectorWriter.cookie(other),
				null, sealed.record(), null, null, sealed.now(), null, "unreadable"));
	}

	private static Stream<Vector> changedCopies(Vector copied) {
		String record = copied.record();
		int copy = record.indexOf("\",\"") + 1;
		return Stream.of(
				copied.named("the readable copy is gone, so nobody can take it for true")
					.withRecord(record.substring(0, copy) + "}"),
				copy(copied, "createdAt", "\"createdAt\":1790000000000", "\"createdAt\":1790000000001"),
				copy(copied, "lastAccessedAt", "\"lastAccessedAt\":179", "\"lastAccessedAt\":178"),
				copy(copied, "expiresAt", "\"expiresAt\":179", "\"expiresAt\":189"),
				copy(copied, "no expiresAt", "\"expiresAt\":1790604800000,", ""),
				copy(copied, "maxInactiveInterval", "\"maxInactiveInterval\":604800", "\"maxInactiveInterval\":604801"),
				copy(copied, "claimNames", "\"claimNames\":[\"userId\",\"role\"]",
						"\"claimNames\":[\"role\",\"userId\"]"),
				copy(copied, "a claim", "\"role\":\"user\"", "\"role\":\"admin\""),
				copy(copied, "a claim more", "\"role\":\"user\"", "\"role\":\"user\",\"admin\":true"),
				copy(copied, "a claim less", ",\"role\":\"user\"", ""));
	}

	private static Vector copy(Vector copied, String field, String from, String to) {
		return damaged(copied, "readable copy: " + field, copied.record().replace(from, to));
	}

	private static Vector damaged(Vector sealed, String name, String record) {
		if (record.equals(sealed.record())) {
			throw new IllegalStateException(name + " changes nothing");
		}
		return sealed.named(name).withRecord(record).refused("unreadable");
	}

	private static String flipped(String text, int at) {
		return text.substring(0, at) + ((text.charAt(at) == 'A') ? 'B' : 'A') + text.substring(at + 1);
	}

	/*
	 * Padded to multiples of 64, the record may have no such bits: then the last
	 * character is another one.
	 */
	private static String unusedBits(String record, int begin, int end) {
		byte[] bytes = Base64.getUrlDecoder().decode(record.substring(begin, end));
		for (char last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
			String other = record.substring(begin, end - 1) + last;
			if (record.charAt(end - 1) != last && Arrays.equals(bytes, Base64.getUrlDecoder().decode(other))) {
				return record.substring(0, begin) + other + record.substring(end);
			}
		}
		throw new IllegalStateException("no unused bits");
	}

	private Vector sealed(String name, Map<String, String> env, boolean hashed, ClaimsOutside outside) {
		Vector made = made(name, env, hashed, outside);
		return this.before.stream()
			.filter((old) -> old.name().equals(name) && isSame(old, made))
			.findAny()
			.map((old) -> made.withRecord(old.record()))
			.orElse(made);
	}

	private static boolean isSame(Vector old, Vector made) {
		try {
			return withoutBytes(old.record()).equals(withoutBytes(made.record()))
					&& opened(made, old.record()).equals(opened(made, made.record()));
		}
		catch (UnreadableRecordException ex) {
			return false;
		}
	}

	private static String withoutBytes(String record) {
		return record.replaceFirst("[.][\\w-]+\"", "");
	}

	private static String opened(Vector vector, String record) {
		return VectorProtection.open(vector.env(), vector.storedAs(), record);
	}

	private static Vector made(String name, Map<String, String> env, boolean hashed, ClaimsOutside outside) {
		byte[] bytes = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
				27, 28, 29, 30, 31, 32 };
		VectorWriter writer = new VectorWriter(() -> VectorWriter.id(bytes), env, (repository) -> {
			repository.setProtection(VectorProtection.of(env, hashed, outside));
			repository.setSessionClaims((user) -> CLAIMS);
		});
		String id = writer.app.login((session) -> {
			session.setAttribute(SecurityContexts.ATTRIBUTE, VectorLogins.form("583231"));
			session.setAttribute("text", "zo\u00EB \uD83D\uDE00");
		});
		return writer.good(name, id, CLAIMS);
	}

	private static Map<String, Object> claims() {
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("userId", "583231");
		claims.put("role", "user");
		return claims;
	}

}
