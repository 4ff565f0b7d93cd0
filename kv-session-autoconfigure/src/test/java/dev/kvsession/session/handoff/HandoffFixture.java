package dev.kvsession.session.handoff;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

import dev.kvsession.session.Instance;
import dev.kvsession.session.KvSession;
import dev.kvsession.session.KvSessionRepository;
import dev.kvsession.session.World;
import dev.kvsession.session.settings.HandoffKey;
import dev.kvsession.session.settings.KvSessionEvent;
import dev.kvsession.session.web.KvSessionFilter;
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

	public final Server first = server();

	public final Server second = server();

	final Server server() {
		return server(Duration.ZERO, (repository) -> {
		});
	}

	final Server server(Duration ahead, Consumer<KvSessionRepository> setup) {
		return new Server(this.world.instance(ahead, (repository) -> {
			repository.setHandoffKey(KEY);
			setup.accept(repository);
		}));
	}

	static long used(Server server) {
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
	public final MockHttpServletResponse request(Server server, Application application)
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
	public final MockHttpServletResponse set(Server server, String name, Object value)
			throws IOException, ServletException {
		return request(server, (request) -> request.getSession().setAttribute(name, value));
	}

	/**
	 * Returns an attribute as a page shows it: "none" without session.
	 */
	public final Object shown(Server server, String name) throws IOException, ServletException {
		Object[] shown = new Object[1];
		MockHttpServletResponse response = request(server, (request) -> shown[0] = (request.getSession(false) != null)
				? request.getSession().getAttribute(name) : "none");
		return (response.getStatus() == 200) ? shown[0] : response.getStatus();
	}

	public final String id() {
		return this.cookies.get(SESSION);
	}

	/**
	 * One instance behind its filters.
	 */
	public static final class Server {

		private final Instance app;

		private final KvSessionFilter filter;

		private final SessionRepositoryFilter<KvSession> springFilter;

		public Server(Instance app) {
			DefaultCookieSerializer serializer = new DefaultCookieSerializer();
			serializer.setUseBase64Encoding(false);
			CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();
			ids.setCookieSerializer(serializer);
			this.app = app;
			this.filter = new KvSessionFilter(ids, null);
			this.springFilter = new SessionRepositoryFilter<>(app.repository());
			this.springFilter.setHttpSessionIdResolver(ids);
		}

		public Instance app() {
			return this.app;
		}

		public MockHttpServletResponse answer(HttpServletRequest request, Application application)
				throws IOException, ServletException {
			MockHttpServletResponse response = new MockHttpServletResponse();
			FilterChain servlet = (servletRequest, servletResponse) -> {
				application.handle((HttpServletRequest) servletRequest);
				servletResponse.getWriter().write("x");
				servletResponse.flushBuffer();
			};
			this.filter.doFilter(request, response, (servletRequest, servletResponse) -> this.springFilter
				.doFilter(servletRequest, servletResponse, servlet));
			return response;
		}

	}

	@FunctionalInterface
	public interface Application {

		void handle(HttpServletRequest request);

	}

}
