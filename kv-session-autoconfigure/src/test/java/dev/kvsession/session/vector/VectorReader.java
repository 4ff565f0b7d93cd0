package dev.kvsession.session.vector;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.servlet.http.Cookie;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.UuidSessionIdGenerator;
import org.springframework.session.events.SessionExpiredEvent;
import org.springframework.session.web.http.DefaultCookieSerializer;

import dev.kvsession.codec.NewerSchemaException;
import dev.kvsession.codec.SessionRecord;
import dev.kvsession.codec.UnreadableRecordException;
import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.settings.SecureSessionIdGenerator;
import dev.kvsession.session.settings.UnreadablePolicy;
import dev.kvsession.test.kv.KvEmulatorSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads a vector as an application does: Spring's cookie serializer, then the repository
 * over a KV that holds what the vector says, at the vector's time.
 */
final class VectorReader {

	static final Outcome NO_CREDENTIAL = Outcome.refused("no-credential");

	/**
	 * What may generate an application's ids; each refuses ids of another shape.
	 */
	private static final List<SessionIdGenerator> GENERATORS = List.of(new SecureSessionIdGenerator(),
			UuidSessionIdGenerator.getInstance(), () -> "another generator's");

	private static final String BEARER = "Bearer ";

	/**
	 * So long after it was read, a session is looked at again before it is written.
	 */
	private static final Duration UNSEEN = Duration.ofSeconds(6);

	private final World world = new World(KvEmulatorSettings.strong());

	private final Vector vector;

	private final Instance app;

	private VectorReader(Vector vector, SessionIdGenerator generator) {
		this.vector = vector;
		this.app = this.world.instance((repository) -> {
			repository.setSessionIdGenerator(generator);
			repository.setOnUnreadable(UnreadablePolicy.FAIL);
			repository.setProtection(VectorProtection.of(vector.env()));
		});
		this.world.pass(Duration.between(this.world.now(), Instant.ofEpochMilli(vector.now())));
		if (vector.record() != null) {
			this.world.store(vector.storedAs(), vector.record());
		}
		if (vector.gone() != null) {
			this.world.storeMarker(vector.storedAs(), vector.gone());
		}
		if (vector.renamed() != null) {
			this.world.storeRenamedMarker(vector.storedAs(), vector.renamed());
		}
	}

	/**
	 * What applications make of a case; those whose generator cannot have made the id do
	 * not count if others can.
	 */
	static Set<Outcome> read(Vector vector) {
		Set<Outcome> outcomes = GENERATORS.stream()
			.map((generator) -> new VectorReader(vector, generator).read())
			.collect(Collectors.toSet());
		if (outcomes.size() > 1) {
			outcomes.remove(NO_CREDENTIAL);
		}
		return outcomes;
	}

	private Outcome read() {
		List<String> ids = ids();
		if (ids.isEmpty()) {
			return NO_CREDENTIAL;
		}
		assertThat(ids).hasSize(1);
		KvSession session;
		try {
			session = this.app.find(ids.get(0));
		}
		catch (UnreadableRecordException ex) {
			assertThat(this.world.truth(this.vector.storedAs())).isEqualTo(this.vector.record());
			return Outcome.refused((ex instanceof NewerSchemaException) ? "newer-schema" : "unreadable");
		}
		return (session != null) ? found(session) : Outcome.refused(reason());
	}

	/*
	 * Cookies in Base64, as is Spring's default; by an application that has switched that
	 * off if the vector's cookie is the id itself.
	 */
	private List<String> ids() {
		if (this.vector.authorization() != null) {
			assertThat(this.vector.authorization()).startsWith(BEARER);
			return List.of(this.vector.authorization().substring(BEARER.length()));
		}
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setCookies(new Cookie("SESSION", this.vector.cookie()));
		DefaultCookieSerializer cookies = new DefaultCookieSerializer();
		cookies.setUseBase64Encoding(!this.vector.cookie().equals(this.vector.id()));
		return cookies.readCookieValues(request);
	}

	private Outcome found(KvSession session) {
		String stored = this.vector.storedAs();
		SessionRecord record = World.CODEC
			.decode(VectorProtection.open(this.vector.env(), stored, this.world.truth(stored)));
		Instant expiresAt = record.expiresAt();
		Outcome found = new Outcome(Vector.Expected.of(record.claims(), session.getCreationTime().toEpochMilli(),
				(expiresAt != null) ? expiresAt.toEpochMilli() : null), null);
		boolean marked = this.vector.gone() != null || this.vector.renamed() != null;
		return (marked && isDroppedBySave(session)) ? Outcome.refused("gone") : found;
	}

	/*
	 * The markers are looked for before a write, not at each request.
	 */
	private boolean isDroppedBySave(KvSession session) {
		this.world.pass(UNSEEN);
		session.setAttribute("changed", "1");
		this.app.save(session);
		this.world.settle();
		return this.world.writesOf(this.vector.storedAs()).isEmpty() && this.app.find(session.getId()) == null;
	}

	private String reason() {
		if (!this.app.events(SessionExpiredEvent.class).isEmpty()) {
			return "expired";
		}
		if (count(KvSessionEvent.REFUSED_ID) > 0) {
			assertThat(this.world.calls()).isEmpty();
			return NO_CREDENTIAL.refused();
		}
		return (count(KvSessionEvent.UNKNOWN_ID) > 0) ? "absent" : "for no reason that is known";
	}

	private long count(KvSessionEvent event) {
		return this.app.repository().getStatistics().count(event);
	}

	/**
	 * What an application makes of a case: one of the two is {@code null}.
	 */
	record Outcome(Vector.Expected expected, String refused) {

		static Outcome refused(String reason) {
			return new Outcome(null, reason);
		}

		/**
		 * What a case asks for. Without a record Java does not ask for the marker, for
		 * there is nothing that it could write.
		 */
		static Outcome of(Vector vector) {
			boolean absent = "gone".equals(vector.refused()) && vector.record() == null;
			return new Outcome(vector.expected(), absent ? "absent" : vector.refused());
		}

	}

}
