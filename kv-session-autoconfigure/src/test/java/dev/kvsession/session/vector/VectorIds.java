package dev.kvsession.session.vector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Ids as generators make them and cookies as Spring writes them, and others that are
 * neither.
 */
final class VectorIds {

	private static final byte[] ZEROS = new byte[32];

	private VectorIds() {
	}

	static Stream<Vector> generated() {
		byte[] ones = ZEROS.clone();
		Arrays.fill(ones, (byte) -1);
		byte[] counting = ZEROS.clone();
		for (int i = 0; i < counting.length; i++) {
			counting[i] = (byte) (i * 37);
		}
		Vector bearer = good("bearer", VectorWriter.id(counting));
		return Stream
			.of(Stream.of(bearer.withAuthorization("Bearer " + bearer.id())),
					both("default generator, zeros", VectorWriter.id(ZEROS)),
					both("default generator, ones", VectorWriter.id(ones)),
					both("default generator, all sorts", VectorWriter.id(counting)),
					both("UUID, zeros", new UUID(0, 0).toString()),
					both("UUID, all sorts", new UUID(0x0123_4567_89AB_4CDEL, 0xBF01_2345_6789_ABCDL).toString()),
					both("other generator, shortest", "abcdefghijklmnop"),
					both("other generator, dots and tildes", "tenant.1~" + VectorWriter.id(counting)),
					both("other generator, longest", "0123456789abcdef".repeat(8)))
			.flatMap((vectors) -> vectors);
	}

	private static Stream<Vector> both(String name, String id) {
		Vector vector = good(name + ", Base64", id);
		return Stream.of(vector, vector.named(name + ", plain").withCookie(VectorWriter.plainCookie(id)));
	}

	private static Vector good(String name, String id) {
		VectorWriter writer = new VectorWriter(() -> id, (repository) -> {
		});
		return writer.good(name, writer.app.login((session) -> session.setAttribute("a", "1")), Map.of());
	}

	/*
	 * The last four bits before two paddings say nothing.
	 */
	static Stream<Vector> altered() {
		Vector vector = good("unused bits of Base64 are set", VectorWriter.id(ZEROS));
		String cookie = vector.cookie();
		return Stream.of(vector.withCookie(cookie.replace("Q==", "f==")),
				vector.named("no such session").withRecord(null).refused("absent"));
	}

	static Stream<Vector> forged() {
		String id = VectorWriter.id(ZEROS);
		return Stream.of(forged("empty", ""), encoded("too short", "abcdefghijklmno"),
				encoded("too long", "x".repeat(129)), encoded("a key", "session:" + id),
				encoded("a path", "../../../../keys"), encoded("a NUL", id + "\0"), encoded("a line feed", id + "\n"),
				encoded("a blank", " " + id), encoded("an escape", id + "%00"),
				encoded("a character of Base64", id + "="), encoded("a slash", id.replace("AAA", "A/A")),
				encoded("not ASCII", "\u00E9".repeat(16)), encoded("encoded twice", VectorWriter.cookie(id)),
				forged("a letter", "x"), forged("a path, plain", "../../../../keys"),
				forged("a key, plain", "session%3A" + id), forged("an exclamation mark, plain", id + "!"),
				forged("more padding than Base64 has", VectorWriter.cookie(id) + "="));
	}

	private static Vector encoded(String name, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return forged(name, Base64.getEncoder().encodeToString(bytes));
	}

	private static Vector forged(String name, String cookie) {
		return new Vector(name, null, null, null, cookie, null, null, null, null, VectorWriter.START.toEpochMilli(),
				null, "no-credential");
	}

}
