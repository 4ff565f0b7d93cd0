package dev.kvsession.session.handoff;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.web.FilteredInstance;
import dev.kvsession.session.web.FilteredInstance.Application;
import dev.kvsession.test.kv.KvEmulatorSettings;
import dev.kvsession.test.kv.KvStaleness;

/**
 * Instances with their filters, a browser that goes from one to the other, and a KV that
 * shows none of them what another one wrote for an hour at least.
 */
public abstract class HandoffFixture {

	static final HandoffKey KEY = HandoffKey.of("a-secret-that-nobody-may-see-0000", "namespace");

	static final String SESSION = "SESSION";

	static final String HANDOFF = "SESSION-HANDOFF";

	static final KvStaleness STALE = new KvStaleness(8, KvStaleness.Choice.BY_CLIENT, Duration.ofHours(1),
			Duration.ZERO, Duration.ofHours(2), 1, 0);

	public final World world = new World(KvEmulatorSettings.realistic(1).withStaleness(STALE));

	public final Map<String, String> cookies = new LinkedHashMap<>();

	public final FilteredInstance first = server();

	public final FilteredInstance second = server();

	final FilteredInstance server() {
		return server(Duration.ZERO, (repository) -> {
		});
	}

	final FilteredInstance server(Duration ahead, Consumer<KvSessionRepository> setup) {
		return new FilteredInstance(this.world.instance(ahead, (repository) -> {
			repository.setHandoffKey(KEY);
			setup.accept(repository);
		}));
	}

	static long used(FilteredInstance server) {
		return server.app().repository().getStatistics().count(KvSessionEvent.HANDOFF_USED);
	}

	/**
	 * A request with the browser's cookies.
	 */
	final MockHttpServletRequest request() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setCookies(this.cookies.entrySet()
			.stream()
			.map((cookie) -> new Cookie(cookie.getKey(), cookie.getValue()))
			.toArray(Cookie[]::new));
		return request;
	}

	/**
	 * Sends a request with the browser's cookies, and keeps what comes back.
	 */
	public final MockHttpServletResponse request(FilteredInstance server, Application application)
			throws IOException, ServletException {
		MockHttpServletResponse response = server.answer(request(), application);
		for (Cookie cookie : response.getCookies()) {
			if (cookie.getMaxAge() == 0) {
				this.cookies.remove(cookie.getName());
			}
			else {
				this.cookies.put(cookie.getName(), cookie.getValue());
			}
		}
		return response;
	}

	/**
	 * Sets an attribute, in a new session if there is none.
	 */
	public final MockHttpServletResponse set(FilteredInstance server, String name, Object value)
			throws IOException, ServletException {
		return request(server, (request) -> request.getSession().setAttribute(name, value));
	}

	/**
	 * Returns an attribute as a page shows it: "none" without session.
	 */
	public final Object shown(FilteredInstance server, String name) throws IOException, ServletException {
		Object[] shown = new Object[1];
		MockHttpServletResponse response = request(server, (request) -> shown[0] = (request.getSession(false) != null)
				? request.getSession().getAttribute(name) : "none");
		return (response.getStatus() == 200) ? shown[0] : response.getStatus();
	}

	public final String id() {
		return this.cookies.get(SESSION);
	}

}
