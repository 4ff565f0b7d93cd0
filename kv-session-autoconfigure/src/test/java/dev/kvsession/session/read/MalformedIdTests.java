package dev.kvsession.session.read;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.session.UuidSessionIdGenerator;

import dev.kvsession.session.Instance;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.SecureSessionIdGenerator;

import static org.assertj.core.api.Assertions.assertThat;

class MalformedIdTests {

	private static final String GOOD = new SecureSessionIdGenerator().generate();

	private final World world = new World();

	private final Instance app = this.world.instance();

	static Stream<String> malformed() {
		String stem = GOOD.substring(0, 42);
		Stream<String> foreignCharacters = Stream.iterate(0, (c) -> c < 128, (c) -> c + 1)
			.map((c) -> (char) (int) c)
			.filter((c) -> !Character.isLetterOrDigit(c) && c != '-' && c != '_')
			.map((c) -> GOOD.substring(0, 20) + c + GOOD.substring(21));
		Stream<String> lastCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".chars()
			.filter((c) -> "AEIMQUYcgkosw048".indexOf(c) < 0)
			.mapToObj((c) -> stem + (char) c);
		return Stream.of(foreignCharacters, lastCharacters,
				Stream.of("", " ", ".", "..", "../../keys", "%2e%2e", stem, GOOD + "A", GOOD + "\n", "\n" + GOOD,
						GOOD + "\u0000", GOOD.replace(GOOD.charAt(3), 'é'), "😀".repeat(21) + "A", "x".repeat(8192),
						GOOD.repeat(190), UUID.randomUUID().toString(), "session:" + GOOD))
			.flatMap((ids) -> ids);
	}

	@ParameterizedTest
	@MethodSource("malformed")
	@DisplayName("P2 an id that the generator cannot have made costs no call")
	void costsNoCall(String id) {
		assertThat(this.app.find(id)).isNull();
		this.app.delete(id);
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P2 every character that an id may have in its last place is accepted there")
	void goodIdsAreAskedFor() {
		for (char last : "AEIMQUYcgkosw048".toCharArray()) {
			assertThat(this.app.find(GOOD.substring(0, 42) + last)).isNull();
		}
		assertThat(this.world.calls()).hasSize(16);
	}

	@Test
	@DisplayName("P2 with Spring's UUID generator only UUIDs as it writes them cost a call")
	void uuid() {
		Instance uuids = this.world
			.instance((repository) -> repository.setSessionIdGenerator(UuidSessionIdGenerator.getInstance()));
		String id = uuids.login((session) -> session.setAttribute("a", "1"));
		assertThat(uuids.find(id).<String>getAttribute("a")).isEqualTo("1");
		this.world.forgetCalls();
		List.of(GOOD, id.substring(0, 35) + "A", id.replace("-", ""), id + "0")
			.forEach((foreign) -> assertThat(uuids.find(foreign)).isNull());
		assertThat(this.world.calls()).isEmpty();
	}

	@Test
	@DisplayName("P2 with a foreign generator characters and length decide")
	void foreignGenerator() {
		Instance foreign = this.world
			.instance((repository) -> repository.setSessionIdGenerator(() -> "tenant.1~" + GOOD));
		String id = foreign.login((session) -> session.setAttribute("a", "1"));
		assertThat(foreign.find(id).<String>getAttribute("a")).isEqualTo("1");
		this.world.forgetCalls();
		List.of("short", "x".repeat(129), "has blank has blank", "slash/slash/slash", "percent%2e%2e%2e%2e")
			.forEach((malformed) -> assertThat(foreign.find(malformed)).isNull());
		assertThat(this.world.calls()).isEmpty();
	}

}
