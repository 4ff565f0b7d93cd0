package dev.kvsession.session.vector;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.web.http.CookieSerializer.CookieValue;
import org.springframework.session.web.http.DefaultCookieSerializer;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.test.kv.KvEmulatorSettings;

/**
 * An application whose sessions become vectors: its ids, its name and its time are always
 * the same.
 */
final class VectorWriter {

	static final Instant START = Instant.ofEpochMilli(1_790_000_000_000L);

	final World world = new World(KvEmulatorSettings.strong());

	final Instance app;

	/** The variables with which a Worker understands the sessions, or {@code null}. */
	private final Map<String, String> env;

	VectorWriter(SessionIdGenerator ids, Consumer<KvSessionRepository> setup) {
		this(ids, null, setup);
	}

	VectorWriter(SessionIdGenerator ids, Map<String, String> env, Consumer<KvSessionRepository> setup) {
		this.env = env;
		this.world.pass(Duration.between(this.world.now(), START));
		this.app = this.world.instance((repository) -> {
			repository.setSessionIdGenerator(ids);
			setup.accept(repository);
		});
	}

	/**
	 * An application with ids like those of the default generator, by number.
	 */
	static VectorWriter of(Consumer<KvSessionRepository> setup) {
		AtomicInteger number = new AtomicInteger();
		return new VectorWriter(() -> id(number.incrementAndGet()), setup);
	}

	private static String id(int number) {
		byte[] bytes = new byte[32];
		Arrays.fill(bytes, (byte) number);
		return id(bytes);
	}

	/**
	 * An id as the default generator makes it of random bytes.
	 */
	static String id(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	static String cookie(String id) {
		return cookie(id, new DefaultCookieSerializer());
	}

	static String plainCookie(String id) {
		DefaultCookieSerializer serializer = new DefaultCookieSerializer();
		serializer.setUseBase64Encoding(false);
		return cookie(id, serializer);
	}

	private static String cookie(String id, DefaultCookieSerializer serializer) {
		MockHttpServletResponse response = new MockHttpServletResponse();
		serializer.writeCookieValue(new CookieValue(new MockHttpServletRequest(), response, id));
		return response.getCookie("SESSION").getValue();
	}

	/**
	 * What KV holds now, of which the session is good.
	 */
	Vector good(String name, String id, Map<String, Object> claims) {
		Instant end = this.app.find(id).getExpiresAt();
		Vector.Expected expected = Vector.Expected.of(claims, START.toEpochMilli(),
				(end != null) ? end.toEpochMilli() : null);
		return vector(name, id, expected, null);
	}

	/**
	 * What KV holds now, of which there is no session.
	 */
	Vector refused(String name, String id, String reason) {
		return vector(name, id, null, reason);
	}

	private Vector vector(String name, String id, Vector.Expected expected, String refused) {
		String stored = VectorProtection.storageName(id, this.env);
		return new Vector(name, id, stored.equals(id) ? null : stored, this.env, cookie(id), null,
				this.world.truth(stored), this.world.marker(stored), this.world.renamedMarker(stored), now(), expected,
				refused);
	}

	private long now() {
		return this.world.now().toEpochMilli();
	}

}
