package dev.kvsession.session.vector;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.kvsession.codec.JdkFallback;
import dev.kvsession.codec.JsonSessionCodec;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.SimulatedRepository;

/**
 * Records and gone markers as the repository writes them, of sessions that nobody has
 * logged in to.
 */
final class VectorRecords {

	private static final Map<String, Object> NOBODY = Map.of();

	private VectorRecords() {
	}

	static Stream<Vector> all() {
		return Stream.of(attributes(), times(), ends(), versions()).flatMap((vectors) -> vectors);
	}

	private static Stream<Vector> attributes() {
		VectorWriter jdk = VectorWriter.of((repository) -> SimulatedRepository.setCodec(repository,
				new JsonSessionCodec(VectorRecords.class.getClassLoader(), List.of(), JdkFallback.ON)));
		TreeSet<String> sorted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		sorted.addAll(List.of("b", "A"));
		String serialized = jdk.app.login((session) -> session.setAttribute("sorted", sorted));
		String text = "\u00E9 \uD83D\uDE00 \u2028 \" \\ \0 \n </script> \uD83D";
		VectorWriter writer = writer();
		String removed = writer.app.login((session) -> {
			session.setAttribute("cart", List.of("a"));
			session.setAttribute("theme", "dark");
		});
		writer.world.pass(Duration.ofMinutes(1));
		writer.app.request(removed, (session) -> session.removeAttribute("theme"));
		return Stream.of(session("nobody has logged in yet", (session) -> session.setAttribute("cart", List.of("a"))),
				session("no attributes", (session) -> {
				}), session("text of all kinds", (session) -> session.setAttribute(text, Map.of(text, text))),
				jdk.good("by Java serialization", serialized, NOBODY),
				writer.good("an attribute was removed", removed, NOBODY));
	}

	private static Stream<Vector> times() {
		VectorWriter writer = writer();
		String id = writer.app.login((session) -> session.setMaxInactiveInterval(Duration.ofHours(1)));
		Vector hour = writer.good("last millisecond", id, NOBODY);
		long end = hour.expected().expiresAt();
		writer.world.pass(Duration.ofMinutes(10));
		writer.app.request(id, (session) -> {
		});
		writer.world.pass(Duration.ofMinutes(1));
		Vector used = writer.good("used meanwhile, after its first end", id, NOBODY);
		VectorWriter fixed = VectorWriter.of((repository) -> repository.setMaxLifetime(Duration.ofHours(2)));
		String capped = fixed.app.login((session) -> session.setMaxInactiveInterval(Duration.ofDays(1)));
		return Stream.of(hour.at(end - 1), hour.named("expired").at(end).refused("expired"),
				hour.named("expired long ago").at(end * 2).refused("expired"), used.at(end),
				session("never ends: a negative interval",
						(session) -> session.setMaxInactiveInterval(Duration.ofSeconds(-1))),
				session("never ends: no interval", (session) -> session.setMaxInactiveInterval(Duration.ZERO)),
				fixed.good("ends with its longest life", capped, NOBODY));
	}

	private static Stream<Vector> ends() {
		VectorWriter writer = writer();
		String id = writer.app.login((session) -> session.setAttribute("cart", List.of("a")));
		String record = writer.world.truth(id);
		writer.world.pass(Duration.ofMinutes(1));
		KvSession session = writer.app.find(id);
		session.changeSessionId();
		writer.app.save(session);
		Vector old = writer.refused("old id", id, "gone");
		Vector renamed = writer.good("new id", session.getId(), NOBODY);
		writer.app.delete(session.getId());
		Vector ended = writer.refused("ended", session.getId(), "gone");
		return Stream.of(old, old.named("old id, its record still seen").withRecord(record), renamed, ended,
				ended.named("ended, its record still seen").withRecord(renamed.record()),
				writer.refused("unknown", id.toLowerCase(Locale.ROOT), "absent"));
	}

	private static Stream<Vector> versions() {
		VectorWriter writer = writer();
		String id = writer.app.login((session) -> session.setAttribute("cart", List.of("a")));
		String record = writer.world.truth(id);
		String future = "\"future\":[1.50],\"attributes\":{\"new\":{\"at\":\"" + writer.world.record(id).rev()
				+ "\",\"cbor\":\"AA==\"},";
		writer.world.store(id, record.replace("\"attributes\":{", future));
		writer.world.pass(Duration.ofMinutes(10));
		writer.world.instance().change(id, "cart", List.of("b"));
		Vector kept = writer.good("fields of a newer version, kept by a change", id, NOBODY);
		return Stream.of(kept,
				kept.named("newer schema")
					.withRecord(record.replace("\"schema\":1,", "\"schema\":2,"))
					.refused("newer-schema"));
	}

	private static Vector session(String name, Consumer<KvSession> setup) {
		VectorWriter writer = writer();
		return writer.good(name, writer.app.login(setup), NOBODY);
	}

	private static VectorWriter writer() {
		return VectorWriter.of((repository) -> {
		});
	}

}
