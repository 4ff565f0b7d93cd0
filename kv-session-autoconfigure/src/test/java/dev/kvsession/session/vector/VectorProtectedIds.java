package dev.kvsession.session.vector;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.springframework.session.SessionIdGenerator;

/**
 * Ids that are signed, hashed before they become keys, or both, and what somebody may
 * have made of them.
 */
final class VectorProtectedIds {

	private static final String KEYS = VectorProtection.KEY_A;

	private static final String BOTH_KEYS = VectorProtection.KEY_B + "," + VectorProtection.KEY_A;

	private static final Map<String, String> SIGNED = VectorProtection.env(KEYS, null, null);

	private static final Map<String, String> HASHED = VectorProtection.env(null, null, null);

	private static final Map<String, String> REQUIRED = VectorProtection.env(KEYS, null, "signed hashed");

	private static final SessionIdGenerator DEFAULT = () -> VectorWriter.id(new byte[32]);

	private VectorProtectedIds() {
	}

	static Stream<Vector> all() {
		return Stream.of(good(), unprotected(), changed(), elsewhere()).flatMap((vectors) -> vectors);
	}

	private static Stream<Vector> good() {
		SessionIdGenerator longest = () -> "0123456789.~_-ab".repeat(8);
		Vector both = vector("signed and hashed", SIGNED, id(SIGNED, true, DEFAULT, null));
		return Stream.of(vector("signed", SIGNED, id(SIGNED, false, DEFAULT, null)),
				vector("hashed", HASHED, id(HASHED, true, DEFAULT, null)), both,
				both.named("signed and hashed, as required").in(REQUIRED),
				both.named("signed and hashed, plain in the cookie").withCookie(VectorWriter.plainCookie(both.id())),
				vector("a tenant's", SIGNED, id(SIGNED, false, DEFAULT, "acme")),
				vector("a tenant's, hashed", SIGNED, id(SIGNED, true, DEFAULT, "zo\u00EB\n\uD83D\uDE00")),
				vector("the longest", SIGNED, id(SIGNED, true, longest, "acme")),
				both.named("signed with the second key").in(VectorProtection.env(BOTH_KEYS, null, "signed")),
				both.named("a namespace in capitals")
					.in(VectorProtection.inNamespace("CE11000000000000000000000000E002", SIGNED)));
	}

	private static Stream<Vector> unprotected() {
		Map<String, String> signed = VectorProtection.env(KEYS, null, "signed");
		Map<String, String> hashed = VectorProtection.env(KEYS, null, "hashed");
		String plain = DEFAULT.generate();
		String onlyHashed = id(HASHED, true, DEFAULT, null);
		String onlySigned = id(SIGNED, false, DEFAULT, null);
		return Stream.of(vector("not signed, which is not required", SIGNED, plain),
				vector("hashed and not signed, which is not required", SIGNED, onlyHashed),
				refused("not signed", signed, plain), refused("hashed and not signed", signed, onlyHashed),
				refused("not hashed", hashed, plain), refused("signed and not hashed", hashed, onlySigned));
	}

	private static Stream<Vector> changed() {
		Map<String, String> signed = VectorProtection.env(BOTH_KEYS, null, "signed");
		String id = id(SIGNED, true, DEFAULT, "acme");
		return Stream.of(refused("another kind", signed, id.substring(1)),
				refused("made one that is not hashed", signed, "s" + id.substring(2)),
				refused("an unknown key", signed, part(id, 1, (key) -> "c")),
				refused("the other key", signed, part(id, 1, (key) -> "b2")),
				refused("a later minute", signed, part(id, 2, (minute) -> minute.substring(1) + "1")),
				refused("another tenant", signed, part(id, 3, (tag) -> "A" + tag.substring(1))),
				refused("no tenant", signed, part(id, 3, (tag) -> "")),
				refused("another session", signed, part(id, 4, (made) -> "B" + made.substring(1))),
				refused("another signature", signed, part(id, 5, (signature) -> "A" + signature.substring(1))),
				refused("unused bits of the signature are set", signed, unusedBits(id)),
				refused("cut short", signed, id.substring(0, id.length() - 1)),
				refused("no signature", signed, id.substring(0, id.lastIndexOf('.'))),
				refused("longer", signed, id + "A"), refused("a part more", signed, id + ".A"),
				refused("no parts", signed, "sh." + DEFAULT.generate()));
	}

	private static Stream<Vector> elsewhere() {
		String id = id(SIGNED, true, DEFAULT, null);
		return Stream.of(
				refused("another namespace's", VectorProtection.inNamespace("ce11000000000000000000000000e003", SIGNED),
						id),
				refused("a key of the same name",
						VectorProtection.env("a" + VectorProtection.KEY_B.substring(2), null, null), id));
	}

	private static String id(Map<String, String> env, boolean hashed, SessionIdGenerator generator, String tenant) {
		return VectorProtection.ids(env, hashed, generator).generate(tenant);
	}

	private static String part(String id, int part, UnaryOperator<String> change) {
		String[] parts = id.split("\\.");
		parts[part] = change.apply(parts[part]);
		return String.join(".", parts);
	}

	/*
	 * 22 characters have four bits more than the signature.
	 */
	private static String unusedBits(String id) {
		char last = id.charAt(id.length() - 1);
		return id.substring(0, id.length() - 1) + (char) (last + 1);
	}

	private static Vector vector(String name, Map<String, String> env, String id) {
		VectorWriter plain = VectorWriter.of((repository) -> {
		});
		String record = plain.world.truth(plain.app.login((session) -> session.setAttribute("a", "1")));
		VectorWriter writer = new VectorWriter(DEFAULT, env,
				(repository) -> repository.setProtection(VectorProtection.of(env)));
		writer.world.store(VectorProtection.storageName(id, env), record);
		return writer.good(name, id, Map.of());
	}

	private static Vector refused(String name, Map<String, String> env, String id) {
		return new Vector(name, null, null, env, VectorWriter.cookie(id), null, null, null, null,
				VectorWriter.START.toEpochMilli(), null, "no-credential");
	}

}
