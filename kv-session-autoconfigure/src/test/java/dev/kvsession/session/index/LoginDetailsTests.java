package dev.kvsession.session.index;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.session.IndexResolver;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;

import dev.kvsession.CapturedLog;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.protection.ClaimsOutside;
import dev.kvsession.session.protection.ProtectionMode;
import dev.kvsession.session.protection.SessionProtection;
import dev.kvsession.session.settings.SessionDetails;
import dev.kvsession.session.web.SessionRequest;
import dev.kvsession.test.KvFault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What headers and the application's own code can do to a login, and what the log shows
 * of it.
 */
class LoginDetailsTests {

	/** Cloudflare's limit. */
	private static final int MOST_METADATA = 1024;

	@RegisterExtension
	private final CapturedLog log = CapturedLog.traced("dev.kvsession");

	private final World world = new World();

	private Instance instance(SessionDetails details) {
		return this.world.indexed((repository) -> repository.setSessionDetails(details));
	}

	private static String loginIn(Instance instance, String agent) {
		SessionRequest before = SessionRequest.bind(new LoginRequest(agent));
		try {
			return instance.login(UserIndexTests.as("ada"));
		}
		finally {
			SessionRequest.bind(before);
		}
	}

	private static Map<String, String> details(Instance instance) {
		return instance.indexed().getUserSessions().list("ada").get(0).details();
	}

	static Stream<String> agents() {
		return Stream.of("", "x".repeat(8192), "\u0000\u0007\u001F\u007F\n\r\t".repeat(1000), "\"\\".repeat(4000),
				"\uD83D\uDE00".repeat(2000), "x" + "\uD83D\uDE00".repeat(2000), "\uD83D", "a\uDE00b",
				"\uD83D\uD83D\uDE00", "\u2028\u2029\uFEFF\uFFFF".repeat(1000), "é".repeat(3000));
	}

	@ParameterizedTest
	@MethodSource("agents")
	@DisplayName("P3 no header makes a login fail: it is noted as far as it fits, and no character is cut in two")
	void anyHeader(String agent) {
		Instance one = instance((headers) -> Map.of("agent", headers.apply("User-Agent")));
		String id = loginIn(one, agent);
		this.world.settle();
		String metadata = this.world.at("user-sessions:ada:" + UserSession.handleOf(id)).metadata();
		assertThat(metadata.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MOST_METADATA);
		assertThat(details(this.world.indexed())).isEqualTo(details(one));
		String noted = details(one).get("agent");
		assertThat(noted).hasSizeLessThanOrEqualTo(600);
		assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(noted)).isTrue();
		if (StandardCharsets.UTF_8.newEncoder().canEncode(agent)) {
			assertThat(agent).startsWith(noted);
		}
	}

	static Stream<SessionDetails> strange() {
		Map<String, String> nulls = new HashMap<>();
		nulls.put(null, "a");
		nulls.put("a", null);
		Map<String, String> many = new LinkedHashMap<>();
		IntStream.range(0, 2000).forEach((i) -> many.put("name" + i, "value"));
		return Stream.of((headers) -> null, (headers) -> nulls, (headers) -> many,
				(headers) -> Map.of("x".repeat(2000), ""), (headers) -> Map.of("\uD83D", "\uDE00"));
	}

	@ParameterizedTest
	@MethodSource("strange")
	@DisplayName("P3 nor do details that are null, many or long")
	void strangeDetails(SessionDetails details) {
		Instance one = instance(details);
		String id = loginIn(one, "");
		this.world.settle();
		assertThat(one.indexed().getUserSessions().list("ada")).hasSize(1);
		assertThat(this.world.indexed().indexed().findByPrincipalName("ada")).containsOnlyKeys(id);
	}

	@Test
	@DisplayName("P3 a login with long details is written after encryption is switched on, also with the longest id")
	void longDetailsFitEncrypted() {
		SessionIdGenerator longest = () -> "x".repeat(92) + UUID.randomUUID();
		Instance before = this.world.indexed((repository) -> {
			repository.setSessionIdGenerator(longest);
			repository.setSessionDetails((headers) -> Map.of("agent", "x".repeat(600)));
		});
		String id = loginIn(before, "");
		this.world.settle();
		List<String> keys = List.of("longname:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=");
		Instance after = this.world.indexed((repository) -> {
			repository.setSessionIdGenerator(longest);
			repository.setProtection(SessionProtection.in("namespace")
				.withSignedIds(keys, ProtectionMode.WRITE)
				.withHashedKeys(ProtectionMode.WRITE)
				.withSealedRecords(keys, ProtectionMode.WRITE, ClaimsOutside.NONE));
		});
		KvSession session = after.find(id);
		String renamed = session.changeSessionId();
		after.save(session);
		this.world.settle();
		assertThat(after.indexed().findByPrincipalName("ada")).containsOnlyKeys(renamed);
	}

	@Test
	@DisplayName("P12 details that throw make no login fail: a warning says so once, without the message")
	void throwingDetails() {
		Instance one = instance((headers) -> {
			throw new IllegalArgumentException("canary");
		});
		loginIn(one, "");
		loginIn(one, "");
		assertThat(one.indexed().getUserSessions().list("ada")).hasSize(2)
			.allSatisfy((session) -> assertThat(session.details()).isEmpty());
		assertThat(this.log.lines()).filteredOn((line) -> line.contains("SessionDetails"))
			.containsExactly("A login is noted without details, because the SessionDetails failed: "
					+ "java.lang.IllegalArgumentException");
		assertThat(this.log.lines()).noneMatch((line) -> line.contains("canary"));
	}

	@Test
	@DisplayName("P3 an index resolver that throws lets the save fail as on other stores, and nothing is written")
	void throwingResolver() {
		IndexResolver<Session> resolver = (session) -> {
			if (session.getAttribute("bad") != null) {
				throw new IllegalStateException("no index");
			}
			return Map.of(UserIndexTests.PRINCIPAL, "ada");
		};
		Instance one = this.world.indexed((repository) -> repository.setIndexResolver(resolver));
		KvSession session = one.create();
		session.setAttribute("bad", true);
		assertThatIllegalStateException().isThrownBy(() -> one.save(session)).withMessage("no index");
		assertThat(this.world.storedKeys()).isEmpty();
		session.removeAttribute("bad");
		session.setAttribute("good", true);
		one.save(session);
		assertThat(one.indexed().findByPrincipalName("ada")).containsOnlyKeys(session.getId());
		session.setAttribute("bad", true);
		assertThatIllegalStateException().isThrownBy(() -> one.save(session));
		assertThat(one.find(session.getId()).<Boolean>getAttribute("good")).isTrue();
	}

	static Stream<Map<String, String>> emptyIndexes() {
		Map<String, String> nulls = new HashMap<>();
		nulls.put(UserIndexTests.PRINCIPAL, null);
		nulls.put(null, "ada");
		return Stream.of(Map.of(), nulls);
	}

	@ParameterizedTest
	@MethodSource("emptyIndexes")
	@DisplayName("P3 an index resolver that knows no value keeps the session out of the index, and takes it out")
	void noValues(Map<String, String> none) {
		Instance one = this.world.indexed((repository) -> repository.setIndexResolver(
				(session) -> (session.getAttribute("user") != null) ? Map.of(UserIndexTests.PRINCIPAL, "ada") : none));
		String id = one.login((session) -> session.setAttribute("a", 1));
		this.world.settle();
		assertThat(this.world.storedKeys()).containsExactly("session:" + id);
		one.change(id, "user", true);
		this.world.settle();
		assertThat(this.world.indexed().indexed().findByPrincipalName("ada")).containsOnlyKeys(id);
		one.request(id, (session) -> session.removeAttribute("user"));
		this.world.settle();
		assertThat(this.world.storedKeys()).containsExactly("session:" + id);
	}

	@Test
	@DisplayName("P12 no log line, message or toString of the index shows an id or a name")
	void secrets() {
		Instance one = instance((headers) -> Map.of("agent", "canary-agent"));
		String id = loginIn(one, "");
		UserSessions sessions = one.indexed().getUserSessions();
		List<String> told = new ArrayList<>();
		this.world.settle();
		sessions.list("canary-user").forEach((session) -> told.add(session.toString()));
		this.world.store(id, "{\"schema\":1,");
		this.world.indexed().indexed().getUserSessions().list("ada");
		for (KvFault fault : List.of(KvFault.status(503), KvFault.wrongToken(), KvFault.html(200),
				KvFault.resetBefore(), KvFault.error(400, 10012, "invalid"), KvFault.quotaExhausted())) {
			this.world.faults().every(fault);
			told.add(String.valueOf(catchThrowable(() -> one.indexed().findByPrincipalName("canary-user"))));
			told.add(String.valueOf(catchThrowable(() -> sessions.list("canary-user"))));
			told.add(String.valueOf(catchThrowable(() -> sessions.endAll("canary-user"))));
			told.add(String.valueOf(catchThrowable(() -> sessions.endOthers("canary-user", id))));
			told.add(String.valueOf(catchThrowable(() -> sessions.end("ada", UserSession.handleOf(id)))));
			this.world.pass(Duration.ofMinutes(20));
			this.world.faults().clear();
			this.world.pass(Duration.ofDays(1));
		}
		told.addAll(this.log.lines());
		assertThat(told).hasSizeGreaterThan(20)
			.allSatisfy((line) -> assertThat(line).doesNotContain(id, "canary", UserSession.handleOf(id)));
	}

	/**
	 * A request with a browser's name.
	 */
	private static final class LoginRequest extends SessionRequest {

		private final String agent;

		LoginRequest(String agent) {
			this.agent = agent;
		}

		@Override
		public boolean mayChangeId(Duration interval) {
			return true;
		}

		@Override
		public Map<String, String> details(SessionDetails details) {
			return details.details((header) -> this.agent);
		}

		@Override
		public List<String> handoffCookies() {
			return List.of();
		}

		@Override
		public boolean sendHandoff(IntFunction<String> sealed) {
			return false;
		}

		@Override
		public void clearHandoff() {
			// It has none.
		}

		@Override
		public boolean isSafe() {
			return false;
		}

		@Override
		public boolean isErrorDispatch() {
			return false;
		}

		@Override
		public void saved(Duration interval, Duration lifetime) {
			// Nobody asks.
		}

		@Override
		public void renewed(String id, Duration interval, Duration lifetime) {
			// Nobody asks.
		}

	}

}
